/// MMSegmentation's Python configs, read without running them. {@link terrazzo.config.ConfigNode} is what everything
/// else reads settings from: one dict of a resolved config that knows its path and rejects keys nobody read.
@NullMarked
package terrazzo.config;

import org.jspecify.annotations.NullMarked;
