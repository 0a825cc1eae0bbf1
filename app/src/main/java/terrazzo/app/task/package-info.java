/// Long work off the UI thread: [terrazzo.app.task.TaskService] runs it, [terrazzo.app.task.RunningTask] says how far
/// it
/// is, at what rate and how long it will take, and can be asked to stop.
@NullMarked
package terrazzo.app.task;

import org.jspecify.annotations.NullMarked;
