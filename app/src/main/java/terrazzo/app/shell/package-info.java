/// The window around the workspaces: rail, palette, task list, status bar, messages, menus, settings. Start with
/// [terrazzo.app.shell.ShellView].
@NullMarked
package terrazzo.app.shell;

import org.jspecify.annotations.NullMarked;
