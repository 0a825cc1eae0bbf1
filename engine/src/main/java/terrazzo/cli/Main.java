package terrazzo.cli;

import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import terrazzo.runtime.NativeWork;

/// Composes the commands, runs one, and turns how it ended into an exit code.
public final class Main {

    /// `terrazzo` itself.
    @Command(
            name = "terrazzo",
            description = {
                "Semantic segmentation with the configs and checkpoints of MMSegmentation: run models on images and"
                        + " video, evaluate them, look into their files.",
                ""
            },
            synopsisSubcommandLabel = "COMMAND",
            versionProvider = Version.class,
            footer = {
                "'terrazzo COMMAND --help' tells more about a command, with examples.",
                "Exit codes: 0 done, 1 failed, 2 command line not understood, 130 stopped with Ctrl+C.",
                "TERRAZZO_HOME names the folder for models, caches and logs (default: ~/.terrazzo)."
            })
    private static final class Root {}

    /// The command that runs when none is named, where it is installed.
    private static final String DEFAULT_COMMAND = "studio";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// What calls into native libraries get to come back, once nobody waits for their results.
    private static final Duration LAST_CALLS = Duration.ofSeconds(3);

    private final Console console;
    private final CommandLine commands;

    /// The commands of the engine, of `providers` and of the user's plugins.
    public Main(Console console, Iterable<CommandProvider> providers) {
        this.console = console;
        this.commands = new CommandLine(new Root());
        engineCommands().forEach(commands::addSubcommand);
        addProvided(providers.iterator());
        console.plugins().use(CommandProvider.class, (plugin, provider) -> {
            List<Object> added = provider.commands(console);
            added.forEach(this::addProvided);
            plugin.add(added.stream()
                    .map(c -> "command terrazzo " + new CommandLine(c).getCommandName())
                    .toList());
        });
        dress(commands);
        addOption(
                commands.getCommandSpec(),
                OptionSpec.builder("-V", "--version").versionHelp(true).description("print the version"));
    }

    /// Runs the command line of this process and ends it.
    public static void main(String[] args) {
        Console console = Console.ofProcess();
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> stop(console, ended)));
        int code;
        try {
            code = new Main(console, ServiceLoader.load(CommandProvider.class)).run(args);
        } finally {
            ended.countDown();
        }
        end(code);
    }

    /// Ends the process. Threads may still be inside a native library, which is left standing. Where that
    /// can't be, they get a moment; those that don't come back are left behind, for the usual end would tear
    /// the library down below them.
    static void end(int code) {
        try {
            if (isToWait() && !NativeWork.await(LAST_CALLS)) {
                System.out.flush();
                System.err.flush();
                NativeWork.abandon(code);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        System.exit(code);
    }

    /// Whether native calls are at work that the end would pull the ground from under.
    private static boolean isToWait() {
        return NativeWork.isInProgress() && !NativeWork.spareLibraries();
    }

    /// Ctrl+C: asks the command to stop and gives it time to leave its files whole. Java then exits with 130.
    private static void stop(Console console, CountDownLatch ended) {
        if (ended.getCount() == 0) {
            return;
        }
        console.cancellation().request();
        try {
            if (!ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                console.say("stopped without waiting any longer");
            }
            if (isToWait() && !NativeWork.await(LAST_CALLS)) {
                NativeWork.abandon(ExitCode.CANCELLED);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Object> engineCommands() {
        return List.of(
                new DemoCommand(console),
                new InferCommand(console),
                new TestCommand(console),
                new TrainCommand(console),
                new BenchCommand(console),
                ModelCommand.of(console),
                ConfigCommand.of(console),
                CheckpointCommand.of(console),
                LogsCommand.of(console),
                new ScenesCommand(console),
                new PluginsCommand(console),
                new CompletionCommand(console));
    }

    /// Runs one command line.
    ///
    /// @return one of [ExitCode]
    public int run(String... args) {
        ErrorBoundary boundary = new ErrorBoundary(console, Arrays.asList(args).contains("--verbose"));
        commands.setExecutionExceptionHandler((failure, _, _) -> boundary.report(failure));
        try {
            return commands.execute(args.length == 0 ? defaultArgs() : args);
        } catch (Error failure) { // picocli hands on exceptions only
            return boundary.report(failure);
        } finally {
            console.out().flush();
            console.err().flush();
        }
    }

    private String[] defaultArgs() {
        return new String[] {commands.getSubcommands().containsKey(DEFAULT_COMMAND) ? DEFAULT_COMMAND : "--help"};
    }

    /// One provider that fails is named; everything else starts.
    private void addProvided(Iterator<CommandProvider> providers) {
        while (true) {
            try {
                if (!providers.hasNext()) {
                    return;
                }
                CommandProvider provider = providers.next();
                provider.commands(console).forEach(this::addProvided);
            } catch (ServiceConfigurationError | LinkageError | RuntimeException failure) { // a plugin can do anything
                console.warn("commands of a plugin are missing: " + failure.getMessage());
            }
        }
    }

    /// A name that is taken stays with the engine's command, or the first plugin's.
    private void addProvided(Object command) {
        CommandLine added = new CommandLine(command);
        if (!commands.getSubcommands().containsKey(added.getCommandName())) {
            commands.addSubcommand(added);
        }
    }

    /// Gives every command the options, layout and error handling that all have.
    private void dress(CommandLine command) {
        command.setOut(console.out());
        command.setErr(console.err());
        command.setUsageHelpWidth(Math.clamp(console.width(), 80, 120));
        command.setColorScheme(Help.defaultColorScheme(console.isStyled() ? Ansi.ON : Ansi.OFF));
        command.setParameterExceptionHandler(new UsageErrors(console));
        command.setCaseInsensitiveEnumValuesAllowed(true);
        CommandSpec spec = command.getCommandSpec();
        spec.usageMessage()
                .sortOptions(false)
                .abbreviateSynopsis(true)
                .headerHeading("")
                .synopsisHeading(spec.parent() == null ? "Usage: " : "%nUsage: ")
                .descriptionHeading("%n")
                .parameterListHeading("%nArguments:%n")
                .optionListHeading("%nOptions:%n")
                .commandListHeading("%nCommands:%n")
                .footerHeading("%n");
        addOption(spec, OptionSpec.builder("-h", "--help").usageHelp(true).description("show this help"));
        addOption(spec, OptionSpec.builder("--verbose").description("show stack traces of failures"));
        command.getSubcommands().values().forEach(this::dress);
    }

    private static void addOption(CommandSpec spec, OptionSpec.Builder builder) {
        OptionSpec option = builder.build();
        if (spec.findOption(option.longestName()) == null) {
            spec.addOption(option);
        }
    }
}
