/// The toolkit of the studio's tests: JavaFX's own without a display, which tells what its thread is at. It lies where
/// JavaFX looks for a platform by name.
@NullMarked
package com.sun.glass.ui.watched;

import org.jspecify.annotations.NullMarked;
