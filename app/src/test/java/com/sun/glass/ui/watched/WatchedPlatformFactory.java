package com.sun.glass.ui.watched;

import com.sun.glass.ui.Application;
import com.sun.glass.ui.headless.HeadlessPlatformFactory;

/// What JavaFX makes when the property `glass.platform` is [#NAME].
public final class WatchedPlatformFactory extends HeadlessPlatformFactory {

    /// The platform's name: JavaFX makes names of package and class of it.
    public static final String NAME = "Watched";

    @Override
    public Application createApplication() {
        return new WatchedApplication();
    }
}
