package terrazzo.core.error;

/// The device that was asked for can't run the model.
public final class DeviceException extends EngineException {

    public DeviceException(Complaint complaint) {
        super(complaint, null);
    }

    public DeviceException(Complaint complaint, Throwable cause) {
        super(complaint, cause);
    }
}
