/// What is done beside moving weights: {@link terrazzo.train.hooks.Hooks} lists the hooks of mmengine and
/// MMSegmentation by their registered names. Plugins add theirs there.
@NullMarked
package terrazzo.train.hooks;

import org.jspecify.annotations.NullMarked;
