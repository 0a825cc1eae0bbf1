/// Failures that a user can do something about. Each is a {@link terrazzo.core.error.EngineException} whose
/// {@link terrazzo.core.error.Complaint} says where, what was expected, what was got and what to do; the text for a
/// user is made at the boundary (command line, studio, server), never here.
@NullMarked
package terrazzo.core.error;

import org.jspecify.annotations.NullMarked;
