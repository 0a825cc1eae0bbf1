package terrazzo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import terrazzo.checkpoint.Checkpoint;
import terrazzo.checkpoint.CheckpointFormat;
import terrazzo.cli.Shell.Outcome;
import terrazzo.config.ConfigLocator;

final class CheckpointCommandTest {

    private static final Path GOLDEN = Path.of("../tests/golden");
    private static final Path TRAINED = GOLDEN.resolve("e2e/unet_sgd_poly.iter_30.pth");

    private static final Path JAX = GOLDEN.resolve("checkpoints/vit_jax.npz");

    @TempDir
    private Path home;

    private Shell shell = new Shell(Path.of(""));

    @BeforeEach
    void open() {
        shell = new Shell(home);
    }

    @Nested
    final class Inspect {

        @Test
        void saysWhatIsInAFile() {
            Outcome outcome = shell.run("checkpoint", "inspect", TRAINED.toString());

            assertEquals(ExitCode.OK, outcome.code());
            assertTrue(outcome.out().startsWith("""
                ../tests/golden/e2e/unet_sgd_poly.iter_30.pth
                  format            PyTorch zip
                  size              1,016,781 bytes
                """), outcome.out());
            assertTrue(
                    outcome.out()
                            .contains("  classes           8: road, sidewalk, building, vegetation, sky, car, person,"
                                    + " pole\n"),
                    outcome.out());
        }

        @Test
        void saysThatAFileIsNotThere() {
            assertEquals(
                    new Outcome(ExitCode.FAILURE, "", "error: HOME/none.pth: no such file or folder\n"),
                    shell.run("checkpoint", "inspect", home.resolve("none.pth").toString()));
        }

        @Test
        void saysThatAFolderIsNoFile() {
            assertEquals(
                    new Outcome(ExitCode.FAILURE, "", "error: HOME: expected a file, got a folder\n"),
                    shell.run("checkpoint", "inspect", home.toString()));
        }

        @Test
        void saysThatAFileIsNoCheckpoint() throws IOException {
            Path page = Files.writeString(home.resolve("page.pth"), "<!doctype html>");

            assertEquals(
                    new Outcome(
                            ExitCode.FAILURE,
                            "",
                            "error: page.pth: expected a checkpoint (.pth or .safetensors), got a web page — download"
                                    + " the file again and check the address\n"),
                    shell.run("checkpoint", "inspect", page.toString()));
        }
    }

    @Nested
    final class Convert {

        @Test
        void writesWeightsAndWhatIsKnownOfTheModel() throws IOException {
            Path to = home.resolve("small.safetensors");

            Outcome outcome = shell.run("checkpoint", "convert", TRAINED.toString(), to.toString());

            assertEquals(ExitCode.OK, outcome.code());
            assertEquals(
                    "wrote HOME/small.safetensors: 118 tensors, " + String.format("%,d", Files.size(to))
                            + " bytes\nleft out: message_hub, optimizer, param_schedulers\n",
                    outcome.err());
            assertSameModel(Checkpoint.load(TRAINED), Checkpoint.load(to));
        }

        @Test
        void carriesAnotherConfigAndHalvesWeights() throws IOException {
            Path to = home.resolve("half.safetensors");
            String config = "unet-s4-w8_fcn_1xb4-30i_scenes-96x128";

            assertEquals(
                    ExitCode.OK,
                    shell.run("checkpoint", "convert", TRAINED.toString(), to.toString(), "--half", "-c", config)
                            .code());

            Checkpoint half = Checkpoint.load(to);
            assertEquals(
                    new ConfigLocator().load(config, List.of()).toPython(),
                    half.meta().configText());
            assertEquals(Checkpoint.load(TRAINED).meta().classes(), half.meta().classes());
            assertTrue(Files.size(to) < Files.size(TRAINED) / 3, "the file has " + Files.size(to) + " bytes");
        }

        @Test
        void writesLegacyFilesAnew() throws IOException {
            Path legacy = GOLDEN.resolve("checkpoints/torch_1.13_legacy.pth");
            Path to = home.resolve("new.pth");

            assertEquals(
                    ExitCode.OK,
                    shell.run("checkpoint", "convert", legacy.toString(), to.toString())
                            .code());
            assertEquals(CheckpointFormat.TORCH_ZIP, Checkpoint.load(to).format());
            assertSameModel(Checkpoint.load(legacy), Checkpoint.load(to));
        }

        private void assertSameModel(Checkpoint expected, Checkpoint actual) {
            assertEquals(expected.stateDict().keys(), actual.stateDict().keys());
            expected.stateDict().tensors().forEach((key, tensor) -> {
                var other = actual.stateDict().get(key).orElseThrow();
                assertEquals(tensor.toString(), other.toString());
                assertEquals(-1, tensor.bytes().mismatch(other.bytes()), key);
            });
            assertEquals(expected.meta(), actual.meta());
        }

        @Test
        void givesWeightsOfOthersOurKeys() throws IOException {
            Path to = home.resolve("vit.pth");

            Outcome outcome = shell.run("checkpoint", "convert", JAX.toString(), to.toString(), "--from", "auto");

            assertEquals(ExitCode.OK, outcome.code());
            assertEquals(
                    "converted from ViT of its authors (JAX) (jax-vit)\nwrote HOME/vit.pth: 30 tensors, "
                            + String.format("%,d", Files.size(to)) + " bytes\n",
                    outcome.err());
            assertEquals(
                    List.of(24L, 8L),
                    Checkpoint.load(to)
                            .stateDict()
                            .get("layers.1.attn.attn.in_proj_weight")
                            .orElseThrow()
                            .shape());
        }

        @Test
        void keepsKeysUnlessAskedAndSaysWhoseTheyAre() throws IOException {
            Path to = home.resolve("vit.safetensors");

            Outcome outcome = shell.run("checkpoint", "convert", JAX.toString(), to.toString());

            assertEquals(
                    "note: the keys are those of ViT of its authors (JAX); --from jax-vit gives ours",
                    outcome.err().lines().findFirst().orElse(""));
            assertEquals(
                    Checkpoint.load(JAX).stateDict().keys(),
                    Checkpoint.load(to).stateDict().keys());
        }

        @Test
        void refusesKeysOfAnotherOrigin() {
            Path to = home.resolve("vit.pth");

            assertEquals(
                    new Outcome(
                            ExitCode.FAILURE,
                            "",
                            "error: " + JAX + ": expected keys of the encoder of SegFormer's authors, got 'cls',"
                                    + " 'Transformer/posembed_input/pos_embedding' … — they look like ViT of"
                                    + " its authors (JAX): --from jax-vit\n"),
                    shell.run("checkpoint", "convert", JAX.toString(), to.toString(), "--from", "mit"));
            assertEquals(
                    "error: ../tests/golden/e2e/unet_sgd_poly.iter_30.pth: expected keys of beit, jax-vit, mit, stdc,"
                            + " swin, timm-vit, twins, got 'backbone.encoder.0.0.convs.0.conv.weight',"
                            + " 'backbone.encoder.0.0.convs.0.bn.weight' …\n",
                    shell.run("checkpoint", "convert", TRAINED.toString(), to.toString(), "--from", "auto")
                            .err());
        }

        @Test
        void namesTheOriginsItKnows() {
            Path to = home.resolve("vit.pth");

            assertEquals(
                    new Outcome(ExitCode.USAGE, "", """
                        error: --from: expected auto, beit, jax-vit, mit, stdc, swin, timm-vit, twins, got 'timm'
                        see 'terrazzo checkpoint convert --help'
                        """),
                    shell.run("checkpoint", "convert", JAX.toString(), to.toString(), "--from", "timm"));
        }

        @Test
        void namesTheFormatsItWrites() {
            Path to = home.resolve("model.onnx");

            assertEquals(
                    new Outcome(ExitCode.USAGE, "", """
                        error: HOME/model.onnx: expected a name that ends in .safetensors or .pth
                        see 'terrazzo checkpoint convert --help'
                        """),
                    shell.run("checkpoint", "convert", TRAINED.toString(), to.toString()));
        }

        @Test
        void replacesAFileOnlyWhenAskedTo() throws IOException {
            Path to = Files.writeString(home.resolve("mine.pth"), "precious");

            Outcome outcome = shell.run("checkpoint", "convert", TRAINED.toString(), to.toString());

            assertEquals(
                    new Outcome(
                            ExitCode.FAILURE,
                            "",
                            "error: HOME/mine.pth: exists already — choose another name, or add --force to replace"
                                    + " it\n"),
                    outcome);
            assertEquals("precious", Files.readString(to));
        }
    }

    @Nested
    final class Publish {

        @Test
        void writesTheModelAloneWithItsHashInTheName() throws IOException {
            Outcome outcome = shell.run(
                    "checkpoint",
                    "publish",
                    TRAINED.toString(),
                    home.resolve("unet.pth").toString());

            Path written = home.resolve(outcome.out().strip().replace("HOME/", ""));
            Checkpoint published = Checkpoint.load(written);
            assertEquals(
                    "unet-" + published.sha256().substring(0, 8) + ".pth",
                    written.getFileName().toString());
            assertEquals(
                    "118 tensors, " + String.format("%,d", Files.size(written))
                            + " bytes instead of 1,016,781; left out: message_hub, optimizer, param_schedulers\n",
                    outcome.err());
            Checkpoint trained = Checkpoint.load(TRAINED);
            assertEquals(trained.stateDict().keys(), published.stateDict().keys());
            assertEquals(trained.meta(), published.meta());
            assertEquals(List.of(), published.otherParts());
        }

        @Test
        void givesTheSameFileAnotherTime() {
            String to = home.resolve("unet.pth").toString();

            assertEquals(
                    shell.run("checkpoint", "publish", TRAINED.toString(), to),
                    shell.run("checkpoint", "publish", TRAINED.toString(), to));
        }
    }
}
