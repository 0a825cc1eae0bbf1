/// The command line: the only place that writes to standard output and decides exit codes. Start with
/// {@link terrazzo.cli.Main}, which composes the commands; each command is one class that says in its annotations what
/// it does and in `call` how. Results go to {@link terrazzo.cli.Console#out}, everything else to
/// {@link terrazzo.cli.Console#err}; failures are thrown and worded in one place, `ErrorBoundary`.
@NullMarked
package terrazzo.cli;

import org.jspecify.annotations.NullMarked;
