/// Networks that turn an image into features at several strides. Each announces its {@code FeatureSpec}s.
@NullMarked
package terrazzo.models.backbones;

import org.jspecify.annotations.NullMarked;
