package terrazzo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import terrazzo.cli.Shell.Outcome;
import terrazzo.inference.SegModel;

final class ModelOptionsTest {

    private static final String CONFIG = "unet-s4-w8_fcn_1xb4-30i_scenes-96x128";
    private static final String CHECKPOINT = "../tests/golden/e2e/unet_sgd_poly.iter_30.pth";
    private static final String CLASSES = "[road, sidewalk, building, vegetation, sky, car, person, pole] on cpu\n";

    private static final String BUNDLED =
            "[sky, building, pole, road, pavement, tree, sign_symbol, fence, car, pedestrian," + " bicyclist] on cpu\n";

    @TempDir
    private Path home;

    /// Opens a model as commands do, and says which classes it knows.
    @Command(name = "open")
    static final class OpenCommand implements Callable<Integer> {

        private final Console console;

        @Mixin
        private final ModelOptions model;

        @Parameters(arity = "0..*")
        private List<String> files = List.of();

        OpenCommand(Console console) {
            this.console = console;
            this.model = new ModelOptions(console);
        }

        @Override
        public Integer call() throws IOException {
            try (SegModel opened = model.open()) {
                console.out().println(opened.metainfo().classes() + " on " + opened.deviceName());
            }
            files.forEach(console.out()::println);
            return ExitCode.OK;
        }
    }

    private Outcome open(String... args) {
        return new Shell(home).run(OpenCommand::new, "open", args);
    }

    @Test
    void opensTheBundledModelWhenNoneIsNamed() {
        assertEquals(new Outcome(ExitCode.OK, BUNDLED, ""), open("--device", "cpu"));
        assertEquals(new Outcome(ExitCode.OK, BUNDLED, ""), open("--device", "cpu", "--model", "default"));
    }

    @Test
    void opensAConfigByNameWithACheckpoint() {
        assertEquals(
                new Outcome(ExitCode.OK, CLASSES, ""),
                open("--config", CONFIG, "--checkpoint", CHECKPOINT, "--threads", "1"));
    }

    @Test
    void readsTheConfigThatTheCheckpointCarries() {
        assertEquals(new Outcome(ExitCode.OK, CLASSES, ""), open("--checkpoint", CHECKPOINT));
    }

    @Test
    void takesAssignmentsAndLeavesWhatFollows() {
        assertEquals(
                new Outcome(ExitCode.OK, BUNDLED + "a.png\nb.png\n", ""),
                open("--cfg-options", "model.test_cfg.mode=whole", "env_cfg.x=1", "a.png", "b.png"));
    }

    @Test
    void rejectsAnOptionThatIsNoAssignment() {
        assertEquals(
                new Outcome(
                        ExitCode.USAGE,
                        "",
                        "error: --cfg-options: expected key=value, got 'a.png'\nsee 'terrazzo open --help'\n"),
                open("--cfg-options", "a.png"));
    }

    @Test
    void rejectsFewerThreadsThanOne() {
        for (String count : List.of("0", "-1", "many")) {
            assertEquals(
                    new Outcome(
                            ExitCode.USAGE,
                            "",
                            "error: --threads: expected 1 or more, got '" + count + "'\nsee 'terrazzo open --help'\n"),
                    open("--threads", count));
        }
    }

    @Test
    void needsACheckpointForAConfig() {
        assertEquals(
                new Outcome(
                        ExitCode.USAGE,
                        "",
                        "error: --config: expected --checkpoint with it, got none\nsee 'terrazzo open --help'\n"),
                open("--config", CONFIG));
    }

    @Test
    void saysWhatToDoWithoutANetwork() {
        String name =
                "fcn_r50-d8_512x1024_40k_cityscapes/fcn_r50-d8_512x1024_40k_cityscapes_20200604_192608-efe53f0d.pth";
        String address = "http://localhost:1/mmsegmentation/v0.5/fcn/" + name;

        Outcome outcome = new Shell(home)
                .with("TERRAZZO_MIRROR", "http://localhost:1/")
                .run(OpenCommand::new, "open", "--model", "fcn_r50-d8_512x1024_40k_cityscapes");

        assertEquals(
                new Outcome(
                        ExitCode.FAILURE,
                        "",
                        "downloading " + address + "\nerror: " + address + ": expected a download, got no connection —"
                                + " without a network, get this file on another machine, then: terrazzo model add"
                                + " fcn_r50-d8_4xb2-40k_cityscapes-512x1024 FILE\n"),
                outcome);
    }

    @Test
    void saysThatAModelHasNoPublishedWeights() {
        assertEquals(
                new Outcome(
                        ExitCode.FAILURE,
                        "",
                        "error: unet/" + CONFIG + ": expected a model with published weights, got a config without —"
                                + " name a checkpoint with --checkpoint; 'terrazzo model list' shows who has"
                                + " weights\n"),
                open("--model", CONFIG));
    }

    @Test
    void warnsOfKeysThatNobodyUses() {
        assertEquals(
                new Outcome(
                        ExitCode.OK,
                        CLASSES,
                        "warning: unet_sgd_poly.iter_30.pth: 8 of 118 keys unused:"
                                + " 'auxiliary_head.conv_seg.weight' [8, 8, 1, 1]; 'auxiliary_head.conv_seg.bias' [8];"
                                + " 'auxiliary_head.convs.0.conv.weight' [8, 16, 3, 3] … — harmless for heads that"
                                + " only training needs; else choose the config of the checkpoint\n"),
                open("--checkpoint", CHECKPOINT, "--cfg-options", "model.auxiliary_head=None"));
    }

    @Test
    void namesThePrecisionsThereAre() {
        assertEquals(
                new Outcome(ExitCode.FAILURE, "", "error: --precision: expected 'fp32' or 'bf16', got 'fp8'\n"),
                open("--precision", "fp8"));
    }

    @Test
    void keepsTheBundledWeightsInTheCache() throws IOException {
        open();
        try (var files = Files.list(home.resolve("cache"))) {
            assertEquals(
                    List.of("default-????????.safetensors"),
                    files.map(file -> file.getFileName().toString().replaceFirst("-[0-9a-f]{8}", "-????????"))
                            .toList());
        }
    }
}
