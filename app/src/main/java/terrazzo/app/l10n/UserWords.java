package terrazzo.app.l10n;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import terrazzo.core.error.CheckpointException;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.DatasetException;
import terrazzo.core.error.DeviceException;
import terrazzo.core.error.EngineException;
import terrazzo.core.error.ExportException;
import terrazzo.core.error.LogException;
import terrazzo.core.error.MediaException;
import terrazzo.core.error.ShapeException;
import terrazzo.core.error.TrainException;

/// Says failures in the user's words: what happened, to what, and what to do; never a class name.
public final class UserWords {

    private final Texts texts;

    public UserWords(Texts texts) {
        this.texts = texts;
    }

    /// A failure as it is shown.
    ///
    /// @param title what happened, one short sentence
    /// @param text to which file, and what to do
    /// @param details for a report to us; empty when title and text say all
    public record Words(String title, String text, String details) {}

    public Words of(Throwable failure) {
        return switch (failure) {
            case EngineException e -> new Words(texts.get(titleKey(e)), texts.sentence(e.complaint()), "");
            case NoSuchFileException e -> file("error.missing", e);
            case AccessDeniedException e -> file("error.denied", e);
            case IOException e ->
                new Words(texts.get("error.io"), Objects.requireNonNullElse(e.getMessage(), ""), trace(e));
            case OutOfMemoryError e -> new Words(texts.get("error.memory"), texts.get("error.memory.text"), trace(e));
            default -> new Words(texts.get("error.internal"), texts.get("error.internal.text"), trace(failure));
        };
    }

    private Words file(String key, FileSystemException e) {
        return new Words(texts.get(key), Objects.requireNonNullElse(e.getFile(), ""), "");
    }

    private static String titleKey(EngineException failure) {
        return switch (failure) {
            case CheckpointException _ -> "error.checkpoint";
            case ConfigException _ -> "error.config";
            case DatasetException _ -> "error.dataset";
            case DeviceException _ -> "error.device";
            case ExportException _ -> "error.export";
            case LogException _ -> "error.log";
            case MediaException _ -> "error.media";
            case ShapeException _ -> "error.shape";
            case TrainException _ -> "error.train";
        };
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
