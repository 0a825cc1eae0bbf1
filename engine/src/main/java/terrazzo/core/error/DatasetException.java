package terrazzo.core.error;

/// A data set or an annotation is missing, unreadable or contradicts its description.
public final class DatasetException extends EngineException {

    public DatasetException(Complaint complaint) {
        super(complaint, null);
    }

    public DatasetException(Complaint complaint, Throwable cause) {
        super(complaint, cause);
    }
}
