package terrazzo.core;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;

/// A request to stop, made on one thread and polled on another.
public final class Cancellation {

    private final AtomicBoolean requested = new AtomicBoolean();

    /// Asks the work to stop at its next poll; asking twice is the same as asking once.
    public void request() {
        requested.set(true);
    }

    public boolean isRequested() {
        return requested.get();
    }

    /// @throws CancellationException when a stop was asked for
    public void check() {
        if (isRequested()) {
            throw new CancellationException("cancelled");
        }
    }
}
