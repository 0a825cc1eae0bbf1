package terrazzo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import terrazzo.cli.Shell.Outcome;

final class ModelCommandTest {

    @TempDir
    private Path home;

    private Shell shell = new Shell(Path.of(""));

    @BeforeEach
    void open() {
        shell = new Shell(home);
    }

    @Nested
    final class ListModels {

        @Test
        void listsConfigsWithWhatTheirWeightsReach() {
            assertEquals(
                    new Outcome(ExitCode.OK, """
                        model                                         data set    iterations   mIoU  multi-scale
                        cgnet/cgnet_fcn_4xb4-60k_cityscapes-680x680   Cityscapes      60,000  65.63        68.04
                        cgnet/cgnet_fcn_4xb8-60k_cityscapes-512x1024  Cityscapes      60,000  68.27        70.33
                        """, "2 models, 2 with published weights\n"),
                    shell.run("model", "list", "--family", "cgnet", "--dataset", "cityscapes"));
        }

        @Test
        void marksWeightsThatAreHere() throws IOException {
            Files.createDirectories(home.resolve("models"));
            Files.createFile(home.resolve("models/cgnet_680x680_60k_cityscapes_20201101_110253-4c0b2f2d.pth"));

            Outcome outcome = shell.run("model", "list", "cgnet", "680x680");

            assertEquals(
                    "65.63        68.04  *",
                    outcome.out().lines().skip(1).findFirst().orElse("").replaceFirst(".*60,000  ", ""));
        }

        @Test
        void findsDataSetsHoweverTheyAreWritten() {
            Outcome spaced = shell.run("model", "list", "--dataset", "Pascal Context 59");

            assertEquals("22 models, 10 with published weights\n", spaced.err());
            assertEquals(spaced, shell.run("model", "list", "--dataset", "pascal-context-59"));
        }

        @Test
        void findsPapers() throws IOException {
            Outcome outcome = shell.run("model", "list", "--paper", "icnet", "r50", "80k", "--json");
            JsonNode first = new JsonMapper().readTree(outcome.out()).get(0);

            assertEquals(
                    "icnet/icnet_r50-d8-in1k-pre_4xb2-80k_cityscapes-832x832",
                    first.path("config").asText());
            assertEquals(832, first.path("cropSize").path(0).asInt());
            assertEquals("ICNet", first.path("paper").path("name").asText());
            assertEquals(2017, first.path("paper").path("year").asInt());
        }

        @Test
        void suggestsTheFamilyThatWasMeant() {
            assertEquals(new Outcome(ExitCode.USAGE, "", """
                error: --family: no family 'segfomer' — did you mean 'segformer' or 'segmenter'?
                see 'terrazzo model list --help'
                """), shell.run("model", "list", "--family", "segfomer"));
        }
    }

    @Nested
    final class InfoOfAModel {

        @Test
        void describesPartsClassesAndParameters() {
            assertEquals(
                    new Outcome(ExitCode.OK, """
                        unet/unet-s4-w8_fcn_1xb4-30i_scenes-96x128.py
                          model           EncoderDecoder
                          backbone        UNet
                          decode head     FCNHead
                          auxiliary head  FCNHead
                          classes         8: road, sidewalk, building, vegetation, sky, car, person, pole
                          test mode       whole image
                          parameters      115,064, all learnable
                          buffers         867
                          paper           UNet: U-Net: Convolutional Networks for Biomedical Image Segmentation (2015)
                                          https://arxiv.org/abs/1505.04597

                        module                     learnable  frozen  buffers
                        backbone                     113,160       0      833
                          backbone.encoder            73,848       0      488
                          backbone.decoder            39,312       0      345
                        decode_head                      664       0       17
                          decode_head.conv_seg            72       0        0
                          decode_head.convs              592       0       17
                        auxiliary_head                 1,240       0       17
                          auxiliary_head.conv_seg         72       0        0
                          auxiliary_head.convs         1,168       0       17
                        total                        115,064       0      867
                        """, ""),
                    shell.run("model", "info", "unet-s4-w8_fcn_1xb4-30i_scenes-96x128"));
        }

        @Test
        void saysWhereWeightsAreAndHowImagesMeetTheModel() {
            Outcome outcome = shell.run("model", "info", "unet-s5-d16_fcn_4xb4-40k_drive-64x64");

            assertEquals(
                    """
                      test mode       windows of 64x64, every 42x42
                      published       mDice 78.67 on DRIVE
                                      not here; to be put into HOME/models
                    """,
                    outcome.out()
                            .lines()
                            .filter(line -> line.contains("test mode")
                                    || line.contains("published")
                                    || line.contains("not here"))
                            .map(line -> line + "\n")
                            .reduce("", String::concat));
        }

        @Test
        void namesThePartThatDoesNotExist() {
            Outcome outcome = shell.run(
                    "model",
                    "info",
                    "unet-s4-w8_fcn_1xb4-30i_scenes-96x128",
                    "--cfg-options",
                    "model.backbone.type=UNett");

            assertEquals(
                    new Outcome(
                            ExitCode.FAILURE,
                            "",
                            "error: --cfg-options model.backbone.type: model.backbone.type: expected a backbone, got"
                                    + " 'UNett' — did you mean 'UNet'?\n"),
                    outcome);
        }
    }
}
