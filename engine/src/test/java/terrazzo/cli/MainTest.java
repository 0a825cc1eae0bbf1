package terrazzo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import terrazzo.cli.Shell.Outcome;

final class MainTest {

    @TempDir
    private Path home;

    @Test
    void tellsHowItIsUsedWhenNothingIsAsked() {
        Outcome outcome = new Shell(home).run();

        assertEquals(ExitCode.OK, outcome.code());
        assertTrue(outcome.out().startsWith("Usage: terrazzo [OPTIONS] COMMAND\n"), outcome.out());
        assertEquals("", outcome.err());
    }

    @Test
    void suggestsTheCommandThatWasMeant() {
        Outcome outcome = new Shell(home).run("completoin", "bash");

        assertEquals(new Outcome(ExitCode.USAGE, "", """
            error: terrazzo: no command 'completoin' — did you mean 'completion'?
            see 'terrazzo --help'
            """), outcome);
    }

    @Test
    void suggestsTheOptionThatWasMeant() {
        Outcome outcome = new Shell(home).run("--vresion");

        assertEquals(new Outcome(ExitCode.USAGE, "", """
            error: terrazzo: no option '--vresion' — did you mean '--version'?
            see 'terrazzo --help'
            """), outcome);
    }
}
