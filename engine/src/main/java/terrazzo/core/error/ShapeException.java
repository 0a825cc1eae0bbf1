package terrazzo.core.error;

/// Sizes that do not fit together, found while a model is traced; [Complaint#where] is the module path.
public final class ShapeException extends EngineException {

    public ShapeException(Complaint complaint) {
        super(complaint, null);
    }

    public ShapeException(Complaint complaint, Throwable cause) {
        super(complaint, cause);
    }
}
