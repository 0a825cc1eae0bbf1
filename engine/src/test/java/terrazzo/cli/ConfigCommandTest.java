package terrazzo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import terrazzo.cli.Shell.Outcome;

final class ConfigCommandTest {

    @TempDir
    private Path home;

    private Shell shell = new Shell(Path.of(""));

    @BeforeEach
    void open() throws IOException {
        shell = new Shell(home);
        Files.writeString(home.resolve("base.py"), "crop = (512, 1024)\nmodel = dict(type='EncoderDecoder', k=19)\n");
        Files.writeString(home.resolve("child.py"), "_base_ = './base.py'\nmodel = dict(k=8)\n");
        Files.writeString(
                home.resolve("old.py"),
                "runner = dict(type='IterBasedRunner', max_iters=9)\noptimizer = dict(type='SGD', lr=0.01)\n");
    }

    @Nested
    final class Print {

        @Test
        void printsWhatAConfigInherits() {
            Outcome outcome =
                    shell.run("config", "print", home.resolve("child.py").toString());

            assertEquals(
                    new Outcome(ExitCode.OK, "crop = (512, 1024)\nmodel = dict(type='EncoderDecoder', k=8)\n", ""),
                    outcome);
        }

        @Test
        void printsJson() {
            Outcome outcome =
                    shell.run("config", "print", home.resolve("child.py").toString(), "--json");

            assertEquals(ExitCode.OK, outcome.code());
            assertEquals(
                    "{\"crop\":[512,1024],\"model\":{\"type\":\"EncoderDecoder\",\"k\":8}}",
                    outcome.out().replaceAll("\\s", ""));
        }

        @Test
        void setsValues() {
            Outcome outcome = shell.run(
                    "config",
                    "print",
                    "--cfg-options",
                    "model.k=3",
                    "crop=1,2",
                    home.resolve("child.py").toString());

            assertEquals(
                    new Outcome(ExitCode.OK, "crop = [1, 2]\nmodel = dict(type='EncoderDecoder', k=3)\n", ""), outcome);
        }

        @Test
        void setsAListOfDicts() {
            Outcome outcome = shell.run(
                    "config",
                    "print",
                    home.resolve("child.py").toString(),
                    "--cfg-options",
                    "param_scheduler=[dict(type='PolyLR',eta_min=1e-4), dict(type='LinearLR', by_epoch=False)]",
                    "model=dict(_delete_=True, type='A b')");

            assertEquals(new Outcome(ExitCode.OK, """
                crop = (512, 1024)
                model = dict(type='A b')
                param_scheduler = [
                    dict(type='PolyLR', eta_min=0.0001),
                    dict(type='LinearLR', by_epoch=False),
                ]
                """, ""), outcome);
        }

        @Test
        void findsPackedConfigsByTheirOldNames() {
            Outcome outcome = shell.run("config", "print", "fcn_r50-d8_512x1024_40k_cityscapes");

            assertEquals(ExitCode.OK, outcome.code());
            assertTrue(outcome.out().contains("type='FCNHead'"), outcome.out());
        }

        @Test
        void suggestsThePackedConfigThatWasMeant() {
            assertEquals(
                    new Outcome(
                            ExitCode.FAILURE,
                            "",
                            "error: unet-s4-w8_fcn_1xb4-30i_scene-96x128: expected a config file or the name of a"
                                    + " packed config, got neither — did you mean"
                                    + " 'unet-s4-w8_fcn_1xb4-30i_scenes-96x128' or"
                                    + " 'unet-s5-d16_fcn_4xb4-40k_stare-128x128'?\n"),
                    shell.run("config", "print", "unet-s4-w8_fcn_1xb4-30i_scene-96x128"));
        }

        @Test
        void needsAConfig() {
            assertEquals(
                    new Outcome(
                            ExitCode.USAGE,
                            "",
                            "error: missing required parameter: 'CONFIG'\nsee 'terrazzo config print --help'\n"),
                    shell.run("config", "print"));
        }
    }

    @Nested
    final class Migrate {

        @Test
        void writesAnOldConfigInNewWords() throws IOException {
            Path to = home.resolve("new.py");

            Outcome outcome =
                    shell.run("config", "migrate", home.resolve("old.py").toString(), to.toString());

            assertEquals(new Outcome(ExitCode.OK, "", "wrote HOME/new.py\n"), outcome);
            assertTrue(Files.readString(to).contains("optim_wrapper = dict("), Files.readString(to));
            assertFalse(Files.readString(to).contains("\nrunner = "), Files.readString(to));
        }

        @Test
        void saysThatAConfigIsNewAlready() {
            Outcome outcome = shell.run(
                    "config",
                    "migrate",
                    home.resolve("child.py").toString(),
                    home.resolve("new.json").toString());

            assertEquals(new Outcome(ExitCode.OK, "", """
                warning: HOME/child.py is a config of 1.x already; the new file has its bases merged in
                wrote HOME/new.json
                """), outcome);
        }

        @Test
        void replacesAFileOnlyWhenAskedTo() throws IOException {
            String old = home.resolve("old.py").toString();
            String to = home.resolve("child.py").toString();

            assertEquals(
                    new Outcome(
                            ExitCode.FAILURE,
                            "",
                            "error: HOME/child.py: exists already — choose another name, or add --force to replace"
                                    + " it\n"),
                    shell.run("config", "migrate", old, to));
            assertTrue(Files.readString(Path.of(to)).startsWith("_base_"));
            assertEquals(
                    new Outcome(ExitCode.OK, "", "wrote HOME/child.py\n"),
                    shell.run("config", "migrate", old, to, "--force"));
        }
    }
}
