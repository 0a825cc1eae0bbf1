package com.sun.glass.ui.offscreen;

import com.sun.glass.ui.Pixels;
import com.sun.glass.ui.headless.HeadlessView;
import java.nio.IntBuffer;

/// Takes each frame as a window system would: it copies it.
final class OffscreenView extends HeadlessView {

    private int[] shown = new int[0];

    @Override
    protected void _uploadPixels(long ptr, Pixels pixels) {
        IntBuffer frame = ((IntBuffer) pixels.getPixels()).duplicate();
        frame.rewind();
        if (shown.length < frame.remaining()) {
            shown = new int[frame.remaining()];
        }
        frame.get(shown, 0, frame.remaining());
    }

    @Override
    protected void notifyResize(int width, int height) { // so that the window of this package may call it
        super.notifyResize(width, height);
    }
}
