/// A plugin to copy from: for the engine an architecture, a loss, a transform, a data set and a command; for the studio
/// a workspace, a tool and an action, with texts in both languages. Start with [example.ExamplePlugin] and
/// [example.ExampleParts]; `docs/plugins.md` explains each part.
@NullMarked
package example;

import org.jspecify.annotations.NullMarked;
