package com.sun.glass.ui.watched;

import com.sun.glass.ui.Pixels;
import com.sun.glass.ui.View;
import com.sun.glass.ui.headless.HeadlessApplication;
import com.sun.glass.ui.headless.HeadlessView;
import org.jspecify.annotations.Nullable;

/// The toolkit without a display, which tells when its thread begins and ends a piece of work. All that this thread
/// ever
/// does goes through the one queue that is wrapped here: `Platform.runLater`, pulses with their animations, layouts and
/// style sheets, and the events of every window, popups and dialogs too, which a robot brings.
public final class WatchedApplication extends HeadlessApplication {

    private static final Listener NOBODY = new Listener() {
        @Override
        public void begun() {}

        @Override
        public void ended() {}
    };

    private volatile Listener listener = NOBODY;

    /// Hears of the work, on the thread that does it, one piece at a time.
    public interface Listener {

        void begun();

        void ended();
    }

    /// The one that runs; fails when the toolkit is another.
    public static WatchedApplication running() {
        return (WatchedApplication) GetApplication();
    }

    /// Tells another listener from the next piece on, or nobody.
    public void tell(@Nullable Listener next) {
        listener = next == null ? NOBODY : next;
    }

    @Override
    protected void _invokeLater(Runnable work) {
        super._invokeLater(() -> tellOf(work));
    }

    @Override
    protected void _invokeAndWait(Runnable work) {
        super._invokeAndWait(() -> tellOf(work));
    }

    /// What waits for a dialog is two pieces of work: the one before it and the one after.
    @Override
    protected Object _enterNestedEventLoop() {
        listener.ended();
        try {
            return super._enterNestedEventLoop();
        } finally {
            listener.begun();
        }
    }

    @Override
    public View createView() {
        return new WatchedView();
    }

    private void tellOf(Runnable work) {
        listener.begun();
        try {
            work.run();
        } finally {
            listener.ended();
        }
    }

    /// Leaves out what stands for the window system: a loop that copies each frame, one pixel at a time.
    private final class WatchedView extends HeadlessView {

        @Override
        protected void _uploadPixels(long ptr, Pixels pixels) {
            listener.ended();
            try {
                super._uploadPixels(ptr, pixels);
            } finally {
                listener.begun();
            }
        }
    }
}
