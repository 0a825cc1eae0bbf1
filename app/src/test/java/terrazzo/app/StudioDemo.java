package terrazzo.app;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import terrazzo.app.segment.FakeSegmentation;
import terrazzo.cli.Console;

/// The studio with a model that needs no weights, to look at.
final class StudioDemo {

    private StudioDemo() {}

    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        Console console = new Console(out, out, System.getenv(), true);
        System.exit(new CommandLine(new StudioCommand(console, new FakeSegmentation())).execute(args));
    }
}
