package terrazzo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import terrazzo.cli.Shell.Outcome;

final class TestCommandTest {

    @TempDir
    private Path home;

    private void assertRefused(String why, String... args) {
        assertEquals(
                new Outcome(ExitCode.USAGE, "", "error: " + why + "\nsee 'terrazzo test --help'\n"),
                new Shell(home).run(args));
    }

    @Test
    void needsAModel() {
        assertRefused("expected CONFIG and CHECKPOINT, or --model, got none of them", "test");
        assertRefused("expected CONFIG and CHECKPOINT, or --model, got CONFIG alone", "test", "cgnet.py");
    }

    @Test
    void takesOneModelOnly() {
        assertRefused("--model and CONFIG: expected one of them, got both", "test", "cgnet.py", "--model", "default");
    }

    @Test
    void namesTheDataThatTheBundledModelIsScoredOn() {
        Outcome outcome = new Shell(home)
                .run(
                        "test",
                        "--model",
                        "default",
                        "--data-root",
                        home.resolve("nowhere").toString());

        assertEquals(ExitCode.FAILURE, outcome.code());
        assertEquals(
                "error: HOME/nowhere/img_dir/test: expected a folder of images, got nothing — set data_root and"
                        + " data_prefix.img_path (or --data-root)\n",
                outcome.err());
    }
}
