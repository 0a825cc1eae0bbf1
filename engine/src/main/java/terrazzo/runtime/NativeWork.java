package terrazzo.runtime;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Threads that are inside a native library. A process that ends below them crashes: ending runs the
/// destructors of libtorch's tables while an operator still reads them. [#spareLibraries()] ends a process
/// without them; where the C library can't be asked for that, there is [#await] and [#abandon].
public final class NativeWork {

    private static final String TORCH = "ai.djl.pytorch.";
    private static final String RUNTIME = "terrazzo.runtime.";
    private static final String VIDEO_AND_IMAGES = "org.bytedeco.";
    private static final long STEP_MILLIS = 20;

    private NativeWork() {}

    /// Asked for once, and again when the JVM shuts down.
    private static final class Ending {

        private static final boolean IS_SPARING = sparing();

        private static boolean sparing() {
            if (!leaveBeforeDestructors()) {
                return false;
            }
            // Tables that libtorch makes at their first use are registered later, and what is registered last is
            // carried out first.
            try {
                Runtime.getRuntime()
                        .addShutdownHook(
                                Thread.ofPlatform().name("native-end").unstarted(Ending::leaveBeforeDestructors));
            } catch (IllegalStateException _) { // Java is shutting down, so this was late enough
            }
            return true;
        }

        /// `on_exit(_exit, NULL)`: whoever ends the process, `exit(code)` calls `_exit(code)` before it
        /// destroys anything.
        @SuppressWarnings("restricted") // the JVM is started with --enable-native-access
        private static boolean leaveBeforeDestructors() {
            Linker linker = Linker.nativeLinker();
            Optional<MemorySegment> onExit = linker.defaultLookup().find("on_exit"); // glibc alone has it
            Optional<MemorySegment> exit = linker.defaultLookup().find("_exit");
            if (onExit.isEmpty() || exit.isEmpty()) {
                return false;
            }
            MethodHandle call = linker.downcallHandle(
                    onExit.get(),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
            try {
                return (int) call.invokeExact(exit.get(), MemorySegment.NULL) == 0;
            } catch (Throwable e) { // MethodHandle.invokeExact declares it; on_exit itself throws nothing
                throw new IllegalStateException("on_exit can't be called", e);
            }
        }
    }

    /// From now on this process ends, however it ends and with its own exit code, without the destructors of
    /// native libraries. Java's hooks run as ever. To be called when the libraries are loaded; more than once
    /// does no harm.
    ///
    /// @return whether that is so; only glibc can do it
    public static boolean spareLibraries() {
        return Ending.IS_SPARING;
    }

    /// Whether a thread other than this one is inside libtorch, FFmpeg or OpenCV.
    public static boolean isInProgress() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(e -> !e.getKey().equals(Thread.currentThread()))
                .anyMatch(e -> isNative(e.getValue()));
    }

    /// A thread in a loop of calls counts between them too, for the next is near. JavaCPP keeps a thread of
    /// its own that always waits, so that of its frames only the call itself counts.
    private static boolean isNative(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                        .anyMatch(f -> f.getClassName().startsWith(TORCH)
                                || f.getClassName().startsWith(RUNTIME))
                || (stack.length > 0
                        && stack[0].isNativeMethod()
                        && stack[0].getClassName().startsWith(VIDEO_AND_IMAGES));
    }

    /// Waits until no thread is inside a native library.
    ///
    /// @return whether that came in time
    public static boolean await(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (isInProgress()) {
            if (System.nanoTime() >= deadline) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
        }
        return true;
    }

    /// Ends the process at once, without hooks and destructors. Whatever is to be kept must be on disk.
    /// Returns only where the C library can't be asked.
    ///
    /// @param code for whoever started the process
    @SuppressWarnings("restricted") // the JVM is started with --enable-native-access
    public static void abandon(int code) {
        Linker linker = Linker.nativeLinker();
        Optional<MemorySegment> exit = linker.defaultLookup().find("_exit");
        if (exit.isEmpty()) {
            return;
        }
        MethodHandle call = linker.downcallHandle(exit.get(), FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
        try {
            call.invokeExact(code);
        } catch (Throwable e) { // MethodHandle.invokeExact declares it; _exit itself throws nothing
            throw new IllegalStateException("_exit can't be called", e);
        }
    }
}
