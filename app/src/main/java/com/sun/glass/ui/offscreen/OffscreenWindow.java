package com.sun.glass.ui.offscreen;

import com.sun.glass.events.WindowEvent;
import com.sun.glass.ui.Screen;
import com.sun.glass.ui.Window;
import com.sun.glass.ui.headless.HeadlessWindow;
import com.sun.glass.ui.headless.HeadlessWindowManager;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A window that keeps its pixels in its view, not on a shared screen, so that no size is too large.
final class OffscreenWindow extends HeadlessWindow {

    private int minWidth;
    private int minHeight;

    OffscreenWindow(@Nullable Window owner, Screen screen, int styleMask) {
        super(new HeadlessWindowManager(), owner, screen, ByteBuffer.allocate(0), styleMask);
    }

    /// As the superclass, which also clears what a smaller window leaves free on its screen.
    ///
    /// @param w of the window, or 0 to go by `contentW`
    @Override
    protected void _setBounds(
            long ptr,
            int x,
            int y,
            boolean isXSet,
            boolean isYSet,
            int w,
            int h,
            int contentW,
            int contentH,
            float gravityX,
            float gravityY) {
        int width = Math.max(minWidth, w > 0 ? w : contentW > 0 ? contentW : getWidth());
        int height = Math.max(minHeight, h > 0 ? h : contentH > 0 ? contentH : getHeight());
        notifyResize(WindowEvent.RESIZE, width, height);
        if (getView() instanceof OffscreenView view) {
            view.notifyResize(width, height);
        }
        int newX = isXSet ? x : getX();
        int newY = isYSet ? y : getY();
        if (newX != getX() || newY != getY()) {
            notifyMove(newX, newY);
        }
    }

    @Override
    protected boolean _setMinimumSize(long ptr, int width, int height) {
        minWidth = width;
        minHeight = height;
        return true;
    }
}
