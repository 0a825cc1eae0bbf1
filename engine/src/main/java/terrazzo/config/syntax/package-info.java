/// The Python subset that configs are written in: {@link terrazzo.config.syntax.Lexer} cuts a text into tokens,
/// {@link terrazzo.config.syntax.Parser} builds the sealed tree of {@link terrazzo.config.syntax.Node}s, each with its
/// place in the text. Nothing here gives a tree a meaning; `terrazzo.config.eval` does. What lies outside the subset
/// (imports, functions, classes, loops without a bound) is refused here with file and line.
@NullMarked
package terrazzo.config.syntax;

import org.jspecify.annotations.NullMarked;
