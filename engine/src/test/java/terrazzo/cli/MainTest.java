package terrazzo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
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

    @Test
    void printsItsVersion() {
        Outcome outcome = new Shell(home).run("--version");

        assertEquals(ExitCode.OK, outcome.code());
        assertTrue(outcome.out().matches("Terrazzo \\S+\nJava .+\n"), outcome.out());
    }

    @Test
    void completesCommandsInShells() {
        Outcome bash = new Shell(home).run("completion", "bash");
        Outcome zsh = new Shell(home).run("completion", "zsh");

        assertTrue(bash.out().startsWith("#!/usr/bin/env bash\n"), bash.out());
        assertTrue(bash.out().contains("complete -F _complete_terrazzo -o default terrazzo"), "registers itself");
        assertEquals("autoload -U +X compinit && compinit\n" + bash.out(), zsh.out());
    }

    @Test
    void namesTheShellsItCompletesIn() {
        assertEquals(new Outcome(ExitCode.USAGE, "", """
            error: SHELL: expected one of [bash, zsh] (case-insensitive) but was 'fish'
            see 'terrazzo completion --help'
            """), new Shell(home).run("completion", "fish"));
    }

    @Test
    void namesTheCommandsOfAGroup() {
        assertEquals(new Outcome(ExitCode.USAGE, "", """
            error: terrazzo config: expected one of the commands print, migrate, got none
            see 'terrazzo config --help'
            """), new Shell(home).run("config"));
    }

    @Test
    void teachesEveryCommandWithAnExample() {
        for (String command : List.of("demo", "infer", "test", "scenes", "completion")) {
            assertTrue(new Shell(home).run(command, "--help").out().contains("  terrazzo " + command), command);
        }
        for (String command : List.of(
                "model list",
                "model info",
                "config print",
                "config migrate",
                "checkpoint inspect",
                "checkpoint convert")) {
            String[] words = (command + " --help").split(" ", -1);
            assertTrue(new Shell(home).run(words).out().contains("  terrazzo " + command), command);
        }
    }

    @Test
    void startsWithoutAPluginThatFails() {
        Outcome outcome = new Shell(home)
                .run(
                        _ -> {
                            throw new IllegalStateException("no licence");
                        },
                        "--version");

        assertEquals("warning: commands of a plugin are missing: no licence\n", outcome.err());
        assertEquals(ExitCode.OK, outcome.code());
    }
}
