package terrazzo.core.error;

/// A config that can't be read, or says what can't be built; [Complaint#where] starts with `file:line` where known.
public final class ConfigException extends EngineException {

    private final transient SourceSpan span;

    public ConfigException(SourceSpan span, Complaint complaint) {
        super(complaint.within(span.toString()), null);
        this.span = span;
    }

    /// The place in the config's text.
    public SourceSpan span() {
        return span;
    }
}
