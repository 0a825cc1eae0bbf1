package terrazzo.cli;

/// What the process says to the shell when it ends.
public final class ExitCode {

    /// The command did what was asked.
    public static final int OK = 0;
    /// It could not, for a reason that was written to standard error.
    public static final int FAILURE = 1;
    /// The command line was not understood.
    public static final int USAGE = 2;
    /// The user stopped it, as shells number that.
    public static final int CANCELLED = 130;

    private ExitCode() {}
}
