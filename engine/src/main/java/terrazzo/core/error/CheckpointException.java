package terrazzo.core.error;

/// A checkpoint can't be read, is not safe to read, or does not fit the model.
public final class CheckpointException extends EngineException {

    public CheckpointException(Complaint complaint) {
        super(complaint, null);
    }

    public CheckpointException(Complaint complaint, Throwable cause) {
        super(complaint, cause);
    }
}
