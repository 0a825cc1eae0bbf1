package terrazzo.app;

import picocli.CommandLine;
import terrazzo.app.segment.FakeSegmentation;

/// The studio with a model that needs no weights, to look at.
final class StudioDemo {

    private StudioDemo() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new StudioCommand(new FakeSegmentation())).execute(args));
    }
}
