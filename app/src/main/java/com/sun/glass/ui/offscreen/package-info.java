/// The one place of ours among JavaFX's own packages, which is where it looks for a platform by name: windows without a
/// display, of any size. JavaFX's platform for that, `Headless`, has a screen of 1000 x 1000 and can't show more.
@NullMarked
package com.sun.glass.ui.offscreen;

import org.jspecify.annotations.NullMarked;
