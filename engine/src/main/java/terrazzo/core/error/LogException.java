package terrazzo.core.error;

/// The log of a training run is missing, unreadable or lacks what was asked for.
public final class LogException extends EngineException {

    public LogException(Complaint complaint) {
        super(complaint, null);
    }

    public LogException(Complaint complaint, Throwable cause) {
        super(complaint, cause);
    }
}
