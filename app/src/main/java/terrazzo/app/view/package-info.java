/// Small parts that every workspace is built of: bars, sections, sliders with numbers, empty states.
@NullMarked
package terrazzo.app.view;

import org.jspecify.annotations.NullMarked;
