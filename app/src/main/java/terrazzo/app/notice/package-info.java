/// What the user is told without being asked: short messages that come and go. [terrazzo.app.notice.Notices] holds
/// them;
/// the shell shows them.
@NullMarked
package terrazzo.app.notice;

import org.jspecify.annotations.NullMarked;
