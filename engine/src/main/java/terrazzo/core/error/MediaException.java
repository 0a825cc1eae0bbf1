package terrazzo.core.error;

/// An image or a video can't be read or written.
public final class MediaException extends EngineException {

    public MediaException(Complaint complaint) {
        super(complaint, null);
    }

    public MediaException(Complaint complaint, Throwable cause) {
        super(complaint, cause);
    }
}
