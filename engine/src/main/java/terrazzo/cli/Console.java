package terrazzo.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import terrazzo.core.Cancellation;
import terrazzo.core.UserFolder;
import terrazzo.inference.Catalogues;
import terrazzo.inference.exporters.Exporters;
import terrazzo.inference.zoo.ModelStore;
import terrazzo.plugin.Plugins;
import terrazzo.train.TrainCatalogues;

/// What a command talks to: results go out, everything else goes to err.
public final class Console {

    private final PrintWriter out;
    private final PrintWriter err;
    private final Map<String, String> environment;
    private final boolean terminal;
    private final Cancellation cancellation = new Cancellation();
    private final AtomicReference<@Nullable ProgressBar> shown = new AtomicReference<>();
    private @Nullable Plugins plugins;
    private @Nullable Catalogues catalogues;

    /// @param out for results
    /// @param err for progress, warnings and errors
    /// @param environment variables by name
    /// @param terminal whether a person watches `err`
    public Console(PrintWriter out, PrintWriter err, Map<String, String> environment, boolean terminal) {
        this.out = out;
        this.err = err;
        this.environment = Map.copyOf(environment);
        this.terminal = terminal;
    }

    /// The console of this process.
    static Console ofProcess() {
        return new Console(writer(System.out), writer(System.err), System.getenv(), Terminal.watchesErrors());
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, stream.charset());
    }

    /// Where results go, and nothing else.
    public PrintWriter out() {
        return out;
    }

    /// Where progress, warnings and errors go.
    public PrintWriter err() {
        return err;
    }

    /// One line that the user should know although the command goes on.
    public void warn(String text) {
        say("warning: " + text);
    }

    /// One line beside the results, for example where they were written.
    public void say(String text) {
        ProgressBar bar = shown.get();
        if (bar != null) {
            bar.clear();
        }
        err.println(text);
        err.flush();
    }

    /// Requested when the user presses Ctrl+C; long work polls it.
    public Cancellation cancellation() {
        return cancellation;
    }

    /// Shows how far work has come. Close it before printing results.
    ///
    /// @param what is counted, in the plural: `images`, `frames`
    public ProgressBar progress(String what) {
        ProgressBar bar = new ProgressBar(this, what, System::nanoTime);
        shown.set(bar);
        return bar;
    }

    /// Where models, caches and logs of this user are.
    public UserFolder userFolder() {
        return UserFolder.of(environment);
    }

    /// The plugins of this user. One that fails is told of in a warning.
    public synchronized Plugins plugins() {
        Plugins found = plugins;
        if (found == null) {
            found = Plugins.load(userFolder().plugins(), this::warn);
            plugins = found;
        }
        return found;
    }

    /// Everything that configs can name. Made when first asked for, for it takes time that most commands don't need.
    public synchronized Catalogues catalogues() {
        Catalogues found = catalogues;
        if (found == null) {
            found = Catalogues.of(plugins());
            TrainCatalogues.of(plugins()); // so that lists of plugins name these, too
            Exporters.of(plugins());
            catalogues = found;
        }
        return found;
    }

    /// The published checkpoints that this user has and can fetch.
    public ModelStore modelStore() {
        return ModelStore.of(environment);
    }

    /// Whether a person watches a terminal that can move its cursor.
    boolean isTerminal() {
        return terminal && !environment.getOrDefault("TERM", "").equals("dumb");
    }

    /// Whether colours are wanted: on a terminal, unless `NO_COLOR` is set.
    boolean isStyled() {
        return isTerminal() && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }

    /// Columns of the terminal, 80 where not known.
    int width() {
        String columns = environment.getOrDefault("COLUMNS", "");
        return columns.matches("\\d{2,4}") ? Integer.parseInt(columns) : 80;
    }
}
