package terrazzo.core.error;

/// A training can't start, or can't go on.
public final class TrainException extends EngineException {

    public TrainException(Complaint complaint) {
        super(complaint, null);
    }

    public TrainException(Complaint complaint, Throwable cause) {
        super(complaint, cause);
    }
}
