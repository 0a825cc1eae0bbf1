package terrazzo.runtime;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.DeviceException;
import terrazzo.graph.ir.Graph;
import terrazzo.graph.torchscript.TorchScript;

/// libtorch on one device. Opening the first one of a process loads the native library (0.6 s; the first start on a
/// machine unpacks it, 2.3 s). Closing frees every tensor and program made with it. Safe to use from several threads.
public final class TorchRuntime implements AutoCloseable {

    private final PtNDManager manager;

    private TorchRuntime(PtNDManager manager) {
        this.manager = manager;
    }

    /// Opens libtorch on the CPU.
    public static TorchRuntime cpu() {
        return on(Device.cpu());
    }

    /// Opens libtorch on the device that `name` says: `cpu`, `cuda:N`, or `auto` for a GPU where one works.
    ///
    /// @throws DeviceException when the name is unknown or a GPU was asked for and none works
    public static TorchRuntime open(String name) {
        int gpus = load().getGpuCount();
        if (name.equals("cpu") || (name.equals("auto") && gpus == 0)) {
            return cpu();
        }
        int index = name.equals("auto") || name.equals("cuda") ? 0 : gpuIndex(name);
        if (index >= gpus) {
            throw new DeviceException(Complaint.at("--device " + name)
                    .expected("a GPU that libtorch can use")
                    .got(gpus == 0 ? "none" : gpus + " of them, counted from cuda:0")
                    .advice("use --device cpu, or install libtorch for CUDA as the README says"));
        }
        return on(Device.gpu(index));
    }

    private static Engine load() {
        Passive.beforeOpenMpLoads();
        Engine engine = Engine.getEngine("PyTorch");
        NativeWork.spareLibraries();
        return engine;
    }

    private static int gpuIndex(String name) {
        if (name.matches("cuda:\\d{1,3}")) {
            return Integer.parseInt(name.substring("cuda:".length()));
        }
        throw new DeviceException(
                Complaint.at("--device").expected("'auto', 'cpu' or 'cuda:N'").got("'" + name + "'"));
    }

    private static TorchRuntime on(Device device) {
        return new TorchRuntime((PtNDManager) load().newBaseManager(device));
    }

    /// Whether the device is the CPU; some passes are for it alone.
    public boolean isCpu() {
        return manager.getDevice().equals(Device.cpu());
    }

    /// The device's name, `cpu` or `cuda:N`.
    public String deviceName() {
        return isCpu() ? "cpu" : "cuda:" + manager.getDevice().getDeviceId();
    }

    /// How many threads one operator may use from now on, in threads started later.
    public static void threads(int count) {
        load();
        JniUtils.setNumThreads(count);
    }

    /// How many threads one operator may use.
    public static int threads() {
        return JniUtils.getNumThreads();
    }

    /// Seeds the random numbers of dropout and the like, for all threads.
    public static void seed(long seed) {
        load();
        JniUtils.setSeed(seed);
    }

    /// Compiles one method per graph. A compiled program is kept as long as the runtime: libtorch does not give back
    /// all
    /// of its memory (190 KB each), so compile once and keep it.
    ///
    /// @param graphByMethod graphs by the name of the method that runs them
    public TorchProgram compile(Map<String, Graph> graphByMethod) {
        return load(TorchScript.emit(graphByMethod), graphByMethod);
    }

    /// Compiles hand-written methods over lists of tensors; kept as long as the runtime.
    ///
    /// @param text method definitions in TorchScript, indented by two spaces
    public TorchMethods methods(String text) {
        return new TorchMethods(module(TorchScript.of(text, List.of())));
    }

    /// Loads hand-written methods.
    TorchProgram load(TorchScript script, Map<String, Graph> graphByMethod) {
        return new TorchProgram(this, module(script), graphByMethod);
    }

    private PtSymbolBlock module(TorchScript script) {
        try {
            return JniUtils.loadModule(manager, new ByteArrayInputStream(script.toArchive()), !isCpu(), false);
        } catch (IOException e) {
            throw new UncheckedIOException("a stream in memory can't fail", e);
        }
    }

    /// Opens a scope; its tensors live until it is closed.
    public TorchScope scope() {
        return new TorchScope((PtNDManager) manager.newSubManager());
    }

    @Override
    public void close() {
        manager.close();
    }
}
