/// A plugin to copy from: a workspace, a command and texts in both languages. Start with
/// [terrazzo.example.ExamplePlugin]; `docs/plugins.md` explains each part.
@NullMarked
package terrazzo.example;

import org.jspecify.annotations.NullMarked;
