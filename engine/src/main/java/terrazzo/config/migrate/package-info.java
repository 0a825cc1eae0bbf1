/// Configs of MMSegmentation 0.x in the words of 1.x: {@link terrazzo.config.migrate.LegacyConfig} recognises and
/// translates a resolved config. What has no counterpart in 1.x is refused, never dropped in silence, except settings
/// that only steered the old runner (`workflow`, `gpu_ids`, `device`).
@NullMarked
package terrazzo.config.migrate;

import org.jspecify.annotations.NullMarked;
