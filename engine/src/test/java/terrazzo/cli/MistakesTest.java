package terrazzo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import terrazzo.checkpoint.Checkpoint;
import terrazzo.checkpoint.PickleValue.Dict;
import terrazzo.checkpoint.PthWriter;
import terrazzo.checkpoint.StateDict;
import terrazzo.cli.Shell.Outcome;

/// The same mistakes give the same line whatever command meets them, and nothing on standard output.
final class MistakesTest {

    private static final String CONFIG = "unet-s4-w8_fcn_1xb4-30i_scenes-96x128";
    private static final Path CHECKPOINT = Path.of("../tests/golden/e2e/unet_sgd_poly.iter_30.pth");

    @TempDir
    private Path home;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        model info | model.decode_head.type=FCNHed        | type: expected a head, got 'FCNHed' — did you mean 'FCNHead' or 'FPNHead'?
        infer      | model.decode_head.type=FCNHed        | type: expected a head, got 'FCNHed' — did you mean 'FCNHead' or 'FPNHead'?
        test       | model.decode_head.type=FCNHed        | type: expected a head, got 'FCNHed' — did you mean 'FCNHead' or 'FPNHead'?
        model info | model.decode_head.in_channels=16     | in_channels: expected 8 (backbone UNet, level 3), got 16
        infer      | model.decode_head.in_channels=16     | in_channels: expected 8 (backbone UNet, level 3), got 16
        test       | model.decode_head.in_channels=16     | in_channels: expected 8 (backbone UNet, level 3), got 16
        model info | model.decode_head.num_conv=1         | num_conv: unknown key — did you mean 'num_convs'?
        infer      | model.decode_head.num_conv=1         | num_conv: unknown key — did you mean 'num_convs'?
        test       | model.decode_head.num_conv=1         | num_conv: unknown key — did you mean 'num_convs'?
        """)
    void namesTheMistakeInAConfig(String command, String option, String complaint) {
        String key = option.substring(0, option.indexOf('='));

        Outcome outcome = run(command, CHECKPOINT, option);

        assertEquals(
                new Outcome(
                        ExitCode.FAILURE,
                        "",
                        "error: --cfg-options " + key + ": model.decode_head." + complaint + "\n"),
                outcome);
    }

    @ParameterizedTest
    @ValueSource(strings = {"infer", "test"})
    void namesTheNumberOfClassesThatDoesNotFitTheCheckpoint(String command) {
        assertEquals(
                "error: unet_sgd_poly.iter_30.pth: 2 of 118 keys with another shape: 'decode_head.conv_seg.weight'"
                    + " expected [3, 8, 1, 1], got [8, 8, 1, 1]; 'decode_head.conv_seg.bias' expected [3], got [8] —"
                    + " set num_classes to what the checkpoint was trained with\n",
                run(command, CHECKPOINT, "model.decode_head.num_classes=3").err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"infer", "test"})
    void namesTheKeyThatTheCheckpointCallsDifferently(String command) throws IOException {
        StateDict renamed = Checkpoint.load(CHECKPOINT)
                .stateDict()
                .renamed(key -> key.replace("decode_head.conv_seg.weight", "decode_head.cls_seg.weight"));
        Path file = home.resolve("renamed.pth");
        PthWriter.write(file, Dict.plain().put("state_dict", renamed.toValue()));

        assertEquals(
                new Outcome(
                        ExitCode.FAILURE,
                        "",
                        "error: renamed.pth: 1 of 118 keys missing: 'decode_head.conv_seg.weight' [8, 8, 1, 1] (the"
                                + " file has 'decode_head.cls_seg.weight') — choose the config that the checkpoint was"
                                + " trained with\n"),
                run(command, file));
    }

    private Outcome run(String command, Path checkpoint, String... options) {
        List<String> line = new ArrayList<>(
                switch (command) {
                    case "infer" ->
                        List.of(
                                "infer",
                                "../tests/golden/transforms/segrescale.seg.png",
                                "--config",
                                CONFIG,
                                "--checkpoint",
                                checkpoint.toString());
                    case "test" -> List.of("test", CONFIG, checkpoint.toString());
                    default -> List.of("model", "info", CONFIG);
                });
        for (String option : options) {
            line.addAll(List.of("--cfg-options", option));
        }
        return new Shell(home).run(line.toArray(String[]::new));
    }
}
