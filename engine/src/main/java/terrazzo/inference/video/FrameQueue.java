package terrazzo.inference.video;

import java.util.ArrayDeque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A belt between two stages. It needs no limit of its own, since the frames that travel are lent from a fixed stock.
final class FrameQueue<T> {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<T> items = new ArrayDeque<>();
    private boolean ended;
    private boolean aborted;

    void put(T item) {
        locked(() -> items.add(item));
    }

    /// No more items will come; those under way still arrive.
    void end() {
        locked(() -> ended = true);
    }

    /// Nothing is wanted any more: whoever waits or comes later goes home at once.
    void abort() {
        locked(() -> aborted = true);
    }

    boolean isAborted() {
        lock.lock();
        try {
            return aborted;
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits for the next item; null after [#end] or [#abort].
    ///
    /// @throws CancellationException when the thread is interrupted
    @Nullable
    T take() {
        lock.lock();
        try {
            while (items.isEmpty() && !ended && !aborted) {
                changed.await();
            }
            return aborted ? null : items.poll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("interrupted").initCause(e);
        } finally {
            lock.unlock();
        }
    }
}
