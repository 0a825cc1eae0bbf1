/// What a config's tree means: {@link terrazzo.config.eval.Evaluator} computes its values without running anything that
/// could reach outside (no imports, no files, no functions but a fixed list). While a config is read, lists and dicts
/// are mutable and shared as in Python ({@link terrazzo.config.eval.Item}); what comes out are immutable
/// {@link terrazzo.config.value.Value}s. A {@link terrazzo.config.eval.Budget} bounds time and memory.
@NullMarked
package terrazzo.config.eval;

import org.jspecify.annotations.NullMarked;
