/// The words that every room shares: sizes, errors, progress and cancellation. Nothing here knows what a model is.
/// Start with {@link terrazzo.core.Progress} for long work and {@link terrazzo.core.error} for how failures are said.
@NullMarked
package terrazzo.core;

import org.jspecify.annotations.NullMarked;
