package com.sun.glass.ui.offscreen;

import com.sun.glass.ui.Screen;
import com.sun.glass.ui.View;
import com.sun.glass.ui.Window;
import com.sun.glass.ui.headless.HeadlessApplication;
import org.jspecify.annotations.Nullable;

/// The toolkit without a display, on a screen that is larger than any.
final class OffscreenApplication extends HeadlessApplication {

    private static final int DEPTH_BITS = 32;
    private static final int DOTS_PER_INCH = 100;

    /// Once: the toolkit compares screens by identity.
    private final Screen screen = new Screen(
            0,
            DEPTH_BITS,
            0,
            0,
            OffscreenPlatformFactory.WIDTH,
            OffscreenPlatformFactory.HEIGHT,
            0,
            0,
            OffscreenPlatformFactory.WIDTH,
            OffscreenPlatformFactory.HEIGHT,
            0,
            0,
            OffscreenPlatformFactory.WIDTH,
            OffscreenPlatformFactory.HEIGHT,
            DOTS_PER_INCH,
            DOTS_PER_INCH,
            1,
            1,
            1,
            1);

    @Override
    protected Screen[] staticScreen_getScreens() {
        return new Screen[] {screen};
    }

    @Override
    public Window createWindow(@Nullable Window owner, Screen on, int styleMask) {
        return new OffscreenWindow(owner, on, styleMask);
    }

    @Override
    public View createView() {
        return new OffscreenView();
    }
}
