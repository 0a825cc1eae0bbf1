/// What a model starts with in training when its config says so: `init_cfg` and `pretrained`. Start at
/// {@link terrazzo.train.init.ModelInit}. A checkpoint of the whole model comes after it and replaces it.
@NullMarked
package terrazzo.train.init;

import org.jspecify.annotations.NullMarked;
