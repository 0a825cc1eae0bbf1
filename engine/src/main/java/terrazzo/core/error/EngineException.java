package terrazzo.core.error;

import org.jspecify.annotations.Nullable;

/// A failure with a cause that a user can understand and mend. The cases are sealed so that a boundary's
/// `switch` has to think of each; anything else that is thrown is a fault of ours.
public abstract sealed class EngineException extends RuntimeException
        permits CheckpointException,
                ConfigException,
                DatasetException,
                DeviceException,
                ExportException,
                LogException,
                MediaException,
                ShapeException,
                TrainException {

    private final transient Complaint complaint;

    EngineException(Complaint complaint, @Nullable Throwable cause) {
        super(complaint.text(), cause);
        this.complaint = complaint;
    }

    /// What happened, in parts.
    public Complaint complaint() {
        return complaint;
    }
}
