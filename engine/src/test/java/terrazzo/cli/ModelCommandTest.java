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
                          FLOPs           121.09 M for an image of 96x128
                          paper           UNet: U-Net: Convolutional Networks for Biomedical Image Segmentation (2015)
                                          https://arxiv.org/abs/1505.04597

                        module                     learnable  frozen  buffers     FLOPs
                        backbone                     113,160       0      833  112.83 M
                          backbone.encoder            73,848       0      488   42.86 M
                          backbone.decoder            39,312       0      345   69.97 M
                        decode_head                      664       0       17    8.26 M
                          decode_head.conv_seg            72       0        0  884.74 k
                          decode_head.convs              592       0       17    7.37 M
                        auxiliary_head                 1,240       0       17         0
                          auxiliary_head.conv_seg         72       0        0         0
                          auxiliary_head.convs         1,168       0       17         0
                        total                        115,064       0      867  121.09 M
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
                                      not here; 'terrazzo model download' fetches them
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

    @Nested
    final class FlopsOfAModel {

        @Test
        void agreesWithPublishedFigures() {
            Outcome outcome = shell.run(
                    "model",
                    "flops",
                    "pspnet_r50-d8_4xb2-40k_cityscapes-512x1024",
                    "--shape",
                    "512",
                    "1024",
                    "--depth",
                    "1");

            assertEquals(new Outcome(ExitCode.OK, """
                pspnet/pspnet_r50-d8_4xb2-40k_cityscapes-512x1024.py
                  input        3x512x1024
                  FLOPs        357.46 G
                  parameters   48.98 M

                module          parameters            FLOPs    share  not counted
                backbone        23,527,264  202,627,874,816   56.7 %
                decode_head     23,083,539  154,830,867,456   43.3 %
                auxiliary_head   2,364,691                0    0.0 %
                total           48,975,494  357,458,742,272  100.0 %
                """, ""), outcome);
        }

        @Test
        void takesTheSizeThatTheModelIsTrainedWith() {
            Outcome outcome = shell.run("model", "flops", "unet-s4-w8_fcn_1xb4-30i_scenes-96x128");

            assertEquals(
                    "  input        3x96x128", outcome.out().lines().toList().get(1));
        }

        @Test
        void refusesSizesThatAreNone() {
            assertEquals(
                    """
                    error: --shape: expected height and width above 0, got [0, 5]
                    see 'terrazzo model flops --help'
                    """,
                    shell.run("model", "flops", "unet-s4-w8_fcn_1xb4-30i_scenes-96x128", "--shape", "0", "5")
                            .err());
        }
    }

    @Nested
    final class GraphOfAModel {

        @Test
        void showsATreeWithFormulas() {
            Outcome outcome = shell.run("model", "graph", "segformer_mit-b0_8xb2-160k_ade20k-512x512", "--depth", "1");

            assertEquals(new Outcome(ExitCode.OK, """
                module          type                  gives                                     parameters
                model           EncoderDecoder                                                   3,753,718
                ├─ backbone     MixVisionTransformer  [N, 32, (H + 3) // 4, (W + 3) // 4]        3,319,392
                │                                     [N, 64, (H + 7) // 8, (W + 7) // 8]
                │                                     [N, 160, (H + 15) // 16, (W + 15) // 16]
                │                                     [N, 256, (H + 31) // 32, (W + 31) // 32]
                └─ decode_head  SegformerHead         [N, 150, (H + 3) // 4, (W + 3) // 4]         434,326
                """, ""), outcome);
        }

        @Test
        void drawsSvg() throws IOException {
            Path file = home.resolve("model.svg");

            Outcome outcome =
                    shell.run("model", "graph", "unet-s4-w8_fcn_1xb4-30i_scenes-96x128", "--out", file.toString());

            assertEquals(new Outcome(ExitCode.OK, "HOME/model.svg\n", ""), outcome);
            assertEquals("<svg ", Files.readString(file).substring(0, 5));
        }

        @Test
        void writesOnlyWhatItKnows() {
            assertEquals(
                    "error: model.png: expected a name that ends in .svg or .txt\nsee 'terrazzo model graph --help'\n",
                    shell.run("model", "graph", "unet-s4-w8_fcn_1xb4-30i_scenes-96x128", "--out", "model.png")
                            .err());
        }
    }
}
