package terrazzo.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// The option that sets single values of a config, shared by all commands that read one.
public final class CfgOptions {

    @Option(
            names = "--cfg-options",
            paramLabel = "KEY=VALUE",
            arity = "1..*",
            parameterConsumer = Assignments.class,
            description = "set values of the config, with dots in the key: model.decode_head.num_classes=8")
    private List<String> options = new ArrayList<>();

    /// `key=value` each, in the order given.
    public List<String> values() {
        return List.copyOf(options);
    }

    /// Takes `key=value` words as long as they come, so that what follows can be an argument of the command.
    static final class Assignments implements IParameterConsumer {

        @Override
        @SuppressWarnings("JdkObsolete") // picocli's signature
        public void consumeParameters(Stack<String> args, ArgSpec option, CommandSpec command) {
            List<String> taken = new ArrayList<>();
            while (!args.isEmpty() && args.peek().contains("=") && !args.peek().startsWith("-")) {
                taken.add(args.pop());
            }
            if (taken.isEmpty()) {
                throw new ParameterException(
                        command.commandLine(),
                        "--cfg-options: expected key=value, got "
                                + (args.isEmpty() ? "nothing" : "'" + args.peek() + "'"));
            }
            List<String> all = new ArrayList<>(option.<List<String>>getValue());
            all.addAll(taken);
            option.setValue(all);
        }
    }
}
