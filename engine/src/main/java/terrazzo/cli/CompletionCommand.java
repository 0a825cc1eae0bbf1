package terrazzo.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Prints a script that completes commands and options in a shell.
@Command(
        name = "completion",
        header = "Print a script that completes commands with the tab key.",
        description = "Print a script that makes the shell complete commands and options.",
        footer = {
            "Examples:",
            "  terrazzo completion bash >> ~/.bashrc",
            "  terrazzo completion zsh >> ~/.zshrc",
            "  source <(terrazzo completion bash)      only for this shell"
        })
final class CompletionCommand implements Callable<Integer> {

    /// Shells that the script works in; zsh runs it through its emulation of bash.
    enum Shell {
        bash,
        zsh
    }

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SHELL", description = "one of: ${COMPLETION-CANDIDATES}")
    private Shell shell = Shell.bash;

    CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        String program = spec.root().name();
        if (shell == Shell.zsh) {
            console.out().println("autoload -U +X compinit && compinit");
        }
        console.out().println(AutoComplete.bash(program, spec.root().commandLine()));
        return ExitCode.OK;
    }
}
