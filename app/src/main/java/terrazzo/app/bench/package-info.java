/// Measures of the studio that anyone can take: `terrazzo studio bench`. They open the studio itself
/// without a display and drive it as a user would; [terrazzo.app.bench.FrameMeter] times whole frames, from
/// one pulse to the next.
@NullMarked
package terrazzo.app.bench;

import org.jspecify.annotations.NullMarked;
