package com.sun.glass.ui.offscreen;

import com.sun.glass.ui.Application;
import com.sun.glass.ui.headless.HeadlessPlatformFactory;

/// What JavaFX makes when the property `glass.platform` is [#NAME].
public final class OffscreenPlatformFactory extends HeadlessPlatformFactory {

    /// The platform's name: JavaFX makes names of package and class of it.
    public static final String NAME = "Offscreen";

    @Override
    public Application createApplication() {
        return new OffscreenApplication();
    }
}
