package com.sun.glass.ui.offscreen;

import com.sun.glass.ui.Application;
import com.sun.glass.ui.headless.HeadlessPlatformFactory;

/// What JavaFX makes when the property `glass.platform` is [#NAME].
public final class OffscreenPlatformFactory extends HeadlessPlatformFactory {

    /// The platform's name: JavaFX makes names of package and class of it.
    public static final String NAME = "Offscreen";

    /// Of its screen, px; no window is larger.
    public static final int WIDTH = 7680;

    /// Of its screen, px.
    public static final int HEIGHT = 4320;

    @Override
    public Application createApplication() {
        return new OffscreenApplication();
    }
}
