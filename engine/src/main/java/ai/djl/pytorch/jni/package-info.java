/// The one place of ours in DJL's package: its native library is reachable from nowhere else.
@NullMarked
package ai.djl.pytorch.jni;

import org.jspecify.annotations.NullMarked;
