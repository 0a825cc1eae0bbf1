package terrazzo.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import terrazzo.core.AtomicFile;
import terrazzo.core.error.EngineException;

/// Where every failure of every command ends: one line in the user's terms and an exit code. What the user can't mend
/// is called a fault of ours, and its stack trace is kept in a file.
final class ErrorBoundary {

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    private final Console console;
    private final boolean verbose;

    /// @param verbose whether stack traces are shown
    ErrorBoundary(Console console, boolean verbose) {
        this.console = console;
        this.verbose = verbose;
    }

    /// Writes what happened and gives the exit code for it.
    int report(Throwable thrown) {
        Throwable failure = unwrap(thrown);
        if (failure instanceof CancellationException || failure instanceof InterruptedException) {
            console.say("cancelled");
            return ExitCode.CANCELLED;
        }
        console.say("error: " + known(failure).orElseGet(() -> fault(failure)));
        if (verbose) {
            console.err().print(trace(failure));
            console.err().flush();
        }
        return ExitCode.FAILURE;
    }

    private static Throwable unwrap(Throwable thrown) {
        Throwable failure = thrown;
        while (failure.getCause() != null
                && (failure instanceof UncheckedIOException
                        || failure instanceof CompletionException
                        || failure instanceof ExecutionException
                        || failure instanceof InvocationTargetException)) {
            failure = failure.getCause();
        }
        return failure;
    }

    private static Optional<String> known(Throwable failure) {
        if (isOutOfMemory(failure)) {
            return Optional.of("not enough memory — use smaller images or fewer at a time, close other programs, or"
                    + " raise the limit of Java with TERRAZZO_JAVA_OPTS=-Xmx8g");
        }
        return switch (failure) {
            case EngineException e -> Optional.of(e.complaint().text());
            case IOException e -> Optional.of(file(e));
            default -> Optional.empty();
        };
    }

    /// Java's heap, or what libtorch says of the machine's and the GPU's memory.
    private static boolean isOutOfMemory(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return failure instanceof OutOfMemoryError
                || message.contains("DefaultCPUAllocator: ")
                || message.contains("CUDA out of memory");
    }

    private static String file(IOException failure) {
        return switch (failure) {
            case NoSuchFileException e -> e.getFile() + ": no such file or folder";
            case AccessDeniedException e -> e.getFile() + ": permission denied";
            case FileAlreadyExistsException e ->
                e.getFile() + ": exists already" + (e.getReason() == null ? "" : " — " + e.getReason());
            case NotDirectoryException e -> e.getFile() + ": expected a folder, got a file";
            case FileSystemException e
            when e.getFile() != null && e.getReason() != null -> e.getFile() + ": " + lowerFirst(e.getReason());
            default ->
                failure.getMessage() == null ? failure.getClass().getSimpleName() : lowerFirst(failure.getMessage());
        };
    }

    private String fault(Throwable failure) {
        String message = failure.getMessage();
        String line = failure.getClass().getSimpleName()
                + (message == null ? "" : ": " + message.lines().findFirst().orElse(""))
                + " — this is a fault of Terrazzo";
        return verbose ? line : line + "; " + details(failure);
    }

    private String details(Throwable failure) {
        Path log = console.userFolder()
                .logs()
                .resolve("fault-" + STAMP.format(LocalDateTime.now(ZoneId.systemDefault())) + ".txt");
        try {
            AtomicFile.writeText(log, trace(failure));
            return "details are in " + log;
        } catch (IOException _) { // the failure itself matters more
            return "run the command again with --verbose for details";
        }
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    static String lowerFirst(String text) {
        return text.length() > 1 && Character.isLowerCase(text.charAt(1))
                ? text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1)
                : text;
    }
}
