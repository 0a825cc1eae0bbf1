package terrazzo.cli;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// Asks the system whether a person watches standard error. Java itself only knows of input and output together, which
/// would silence progress for `terrazzo … > file`.
final class Terminal {

    private static final int STANDARD_ERROR = 2;

    private Terminal() {}

    @SuppressWarnings("restricted") // the JVM is started with --enable-native-access
    static boolean watchesErrors() {
        Linker linker = Linker.nativeLinker();
        SymbolLookup library = linker.defaultLookup();
        return library.find("isatty")
                .or(() -> library.find("_isatty")) // Windows
                .map(address -> linker.downcallHandle(
                        address, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT)))
                .map(Terminal::ask)
                .orElse(false);
    }

    private static boolean ask(MethodHandle isatty) {
        try {
            return (int) isatty.invokeExact(STANDARD_ERROR) != 0;
        } catch (Throwable e) { // the signature of invokeExact; C functions throw nothing
            throw new IllegalStateException(e);
        }
    }
}
