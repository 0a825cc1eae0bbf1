package terrazzo.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import terrazzo.plugin.Plugin;

/// Lists the plugins of the user and what they add.
@Command(
        name = "plugins",
        description = {
            "List the plugins in the user's folder, what each adds, and why one does not start.",
            "",
            "A plugin is a jar in ~/.terrazzo/plugins. What it adds to the studio's window is listed there."
        })
final class PluginsCommand implements Callable<Integer> {

    private final Console console;

    PluginsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.catalogues(); // asks every plugin
        List<Plugin> plugins = console.plugins().all();
        if (plugins.isEmpty()) {
            console.say("no plugins in " + console.userFolder().plugins());
            return ExitCode.OK;
        }
        for (Plugin plugin : plugins) {
            console.out()
                    .println((plugin.manifest().name() + " " + plugin.manifest().version()).strip() + " ("
                            + plugin.jar().getFileName() + ")");
            plugin.added().forEach(added -> console.out().println("  " + added));
            if (plugin.hasFailed()) {
                console.out().println("  failed: " + plugin.failure());
            }
        }
        return plugins.stream().anyMatch(Plugin::hasFailed) ? ExitCode.FAILURE : ExitCode.OK;
    }
}
