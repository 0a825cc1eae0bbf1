package terrazzo.inference;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import terrazzo.checkpoint.Checkpoint;
import terrazzo.checkpoint.HostTensor;
import terrazzo.checkpoint.PickleValue;
import terrazzo.checkpoint.PthWriter;
import terrazzo.checkpoint.StateDict;
import terrazzo.config.Config;
import terrazzo.config.ConfigLocator;
import terrazzo.core.Size;
import terrazzo.core.image.Raster;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Dim;
import terrazzo.graph.Parameter;
import terrazzo.graph.Tensor;
import terrazzo.graph.Trace;
import terrazzo.graph.ir.Graph;
import terrazzo.graph.torchscript.TorchScript;
import terrazzo.models.Segmentor;
import terrazzo.models.catalogue.StandardParts;
import terrazzo.runtime.TorchRuntime;

/// Measures what opening a large model takes: seconds of each step, and the memory of the process before
/// and after. The checkpoint is one of zeros, written to a temporary file.
final class OpeningBenchmark {

    private static final Logger log = LoggerFactory.getLogger(OpeningBenchmark.class);
    private static final String SWIN_L =
            "swin/swin-large-patch4-window12-in22k-384x384-pre_upernet_8xb2-160k_ade20k-512x512.py";

    private OpeningBenchmark() {}

    public static void main(String[] args) throws IOException {
        Config config = new ConfigLocator().load(args.length > 0 ? args[0] : SWIN_L, List.of());
        Path checkpoint = Files.createTempFile("opening", ".pth");
        try {
            writeZeros(config, checkpoint);
            steps(config);
            memory("before opening");
            long start = System.nanoTime();
            try (SegModel model = SegModel.open(ModelRequest.of(config, checkpoint), Catalogues.builtIn())) {
                log.info("open a model of {} classes: {} s", model.numClasses(), seconds(start));
                memory("after opening");
                start = System.nanoTime();
                model.label(new Raster(new Size(512, 512), new byte[512 * 512 * 3]));
                log.info("first image of 512x512: {} s", seconds(start));
                memory("after the first image");
            }
        } finally {
            Files.delete(checkpoint);
        }
    }

    private static void steps(Config config) {
        long start = System.nanoTime();
        Segmentor model = StandardParts.parts().segmentor(config.root().node("model"));
        log.info("build: {} s", seconds(start));
        start = System.nanoTime();
        Trace trace = new Trace(Trace.Mode.EVAL);
        Tensor logits = model.encodeDecode(model.image(trace, 3));
        Graph graph = trace.finish(Map.of("logits", logits));
        log.info("trace {} steps: {} s", graph.nodes().size(), seconds(start));
        start = System.nanoTime();
        int size = TorchScript.emit(Map.of("logits", graph)).toArchive().length;
        log.info("emit {} kB: {} s", size / 1024, seconds(start));
        start = System.nanoTime();
        try (TorchRuntime runtime = TorchRuntime.cpu()) {
            log.info("start libtorch: {} s", seconds(start));
            start = System.nanoTime();
            runtime.compile(Map.of("logits", graph));
            log.info("emit and load: {} s", seconds(start));
        }
    }

    private static void writeZeros(Config config, Path file) throws IOException {
        Segmentor model = StandardParts.parts().segmentor(config.root().node("model"));
        try (Arena arena = Arena.ofConfined()) {
            Map<String, HostTensor> tensors = new LinkedHashMap<>();
            for (Parameter p : model.state()) {
                List<Long> shape =
                        p.shape().dims().stream().map(OpeningBenchmark::length).toList();
                long bytes = shape.stream().reduce(1L, Math::multiplyExact)
                        * p.dtype().sizeBytes();
                MemorySegment zeros = arena.allocate(bytes, DType.INT64.sizeBytes());
                tensors.put(p.key(), HostTensor.of(p.dtype(), shape, zeros));
            }
            PthWriter.write(file, PickleValue.Dict.plain().put("state_dict", new StateDict(tensors).toValue()));
        }
        log.info("checkpoint: {} MB", Files.size(file) >> 20);
        log.info("read: {} tensors", Checkpoint.load(file).stateDict().size());
    }

    private static long length(Dim dim) {
        return dim.intValue();
    }

    /// What Linux says of this process.
    private static void memory(String when) throws IOException {
        Path status = Path.of("/proc/self/status");
        if (Files.exists(status)) {
            String sizes = Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("Rss") || line.startsWith("VmRSS"))
                    .map(line -> line.replaceAll("\\s+", " "))
                    .collect(Collectors.joining(", "));
            log.info("{}: {}", when, sizes);
        }
    }

    private static String seconds(long start) {
        return "%.2f".formatted((System.nanoTime() - start) / 1e9);
    }
}
