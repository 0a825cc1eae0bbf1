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

    private final Console console;
    private final CommandLine commands;

    /// The commands of the engine and of `providers`.
    public Main(Console console, Iterable<CommandProvider> providers) {
        this.console = console;
        this.commands = new CommandLine(new Root());
        engineCommands().forEach(commands::addSubcommand);
        addProvided(providers.iterator());
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
        System.exit(code);
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
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Object> engineCommands() {
        return List.of(
                ModelCommand.of(console),
                ConfigCommand.of(console),
                CheckpointCommand.of(console),
                new ScenesCommand(console),
