package terrazzo.runtime;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes OpenMP's idle threads sleep. They spin by default, and whenever another process wants a core small parallel
/// operators become a hundred times slower: 1155 ms instead of 4 ms were measured for one optimizer step.
final class Passive {

    private static final Logger log = LoggerFactory.getLogger(Passive.class);
    private static final String VARIABLE = "OMP_WAIT_POLICY";

    private Passive() {}

    /// Sets the variable in this process, unless the launcher or the user did. It has to happen before libgomp is
    /// loaded,
    /// and Java can't change its own environment, so the C library is asked.
    @SuppressWarnings("restricted") // the JVM is started with --enable-native-access
    static void beforeOpenMpLoads() {
        if (System.getenv(VARIABLE) != null
                || System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows")) {
            return;
        }
        Linker linker = Linker.nativeLinker();
        Optional<MemorySegment> setenv = linker.defaultLookup().find("setenv");
        if (setenv.isEmpty()) {
            return;
        }
        MethodHandle call = linker.downcallHandle(
                setenv.get(),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            int failed = (int) call.invokeExact(arena.allocateFrom(VARIABLE), arena.allocateFrom("PASSIVE"), 0);
            log.debug("setenv {} gave {}", VARIABLE, failed);
        } catch (Throwable e) { // MethodHandle.invokeExact declares it; setenv itself throws nothing
            throw new IllegalStateException("setenv can't be called", e);
        }
    }
}
