package terrazzo.core.error;

import java.io.IOException;

/// A server's answer that asking again won't change.
public final class HttpRefusal extends IOException {
    private static final long serialVersionUID = 1L;

    /// @param status HTTP's, as 404
    public HttpRefusal(int status) {
        super("HTTP " + status);
    }
}
