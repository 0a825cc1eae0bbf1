/// The studio: a JavaFX window over the engine. [terrazzo.app.Studio] composes services, workspaces and the window;
/// everything else gets what it needs through its constructor. [terrazzo.app.StudioCommand] is its command line.
@NullMarked
package terrazzo.app;

import org.jspecify.annotations.NullMarked;
