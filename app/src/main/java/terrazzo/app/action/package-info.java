/// What the user can do, declared once: an [terrazzo.app.action.ActionSpec] becomes a menu item, a button with its
/// tooltip, a line of the command palette, a row of the shortcut sheet and a key.
@NullMarked
package terrazzo.app.action;

import org.jspecify.annotations.NullMarked;
