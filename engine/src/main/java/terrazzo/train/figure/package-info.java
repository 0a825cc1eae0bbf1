/// Figures of curves, drawn without a window. A [terrazzo.train.figure.Figure] says what is shown,
/// [terrazzo.train.figure.FigurePainter] draws it with any [terrazzo.train.figure.Pen]: to PNG, to SVG, or,
/// in the studio, on screen. [terrazzo.train.figure.Decimation] keeps curves of a million points quick.
@NullMarked
package terrazzo.train.figure;

import org.jspecify.annotations.NullMarked;
