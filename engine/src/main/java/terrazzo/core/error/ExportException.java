package terrazzo.core.error;

/// A model or result can't be written in the format that was asked for.
public final class ExportException extends EngineException {

    public ExportException(Complaint complaint) {
        super(complaint, null);
    }

    public ExportException(Complaint complaint, Throwable cause) {
        super(complaint, cause);
    }
}
