package terrazzo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import terrazzo.cli.Shell.Outcome;
import terrazzo.core.Size;
import terrazzo.data.images.ImageFile;

final class ScenesCommandTest {

    @TempDir
    private Path home;

    @Test
    void drawsADataSet() throws IOException {
        Path out = home.resolve("scenes");

        Outcome outcome = new Shell(home).run("scenes", out.toString(), "--count", "5", "--size", "64x48");

        assertEquals(ExitCode.OK, outcome.code());
        assertEquals("", outcome.out());
        assertEquals(
                "wrote 4 scenes for training and 1 for validation to HOME/scenes",
                outcome.err().lines().toList().getLast());
        try (var files = Files.walk(out)) {
            assertEquals(
                    List.of(
                            "ann_dir/train/scene_00000.png",
                            "ann_dir/train/scene_00001.png",
                            "ann_dir/train/scene_00002.png",
                            "ann_dir/train/scene_00003.png",
                            "ann_dir/val/scene_00000.png",
                            "img_dir/train/scene_00000.png",
                            "img_dir/train/scene_00001.png",
                            "img_dir/train/scene_00002.png",
                            "img_dir/train/scene_00003.png",
                            "img_dir/val/scene_00000.png"),
                    files.filter(Files::isRegularFile)
                            .map(file -> out.relativize(file).toString().replace('\\', '/'))
                            .sorted()
                            .toList());
        }
        assertEquals(
                new Size(48, 64),
                ImageFile.load(out.resolve("img_dir/val/scene_00000.png")).size());
    }

    @Test
    void rejectsASizeThatIsTooSmall() {
        assertEquals(
                new Outcome(
                        ExitCode.USAGE,
                        "",
                        "error: --size: expected WIDTHxHEIGHT from 16x16, got '8x64'\nsee 'terrazzo scenes --help'\n"),
                new Shell(home).run("scenes", home.toString(), "--size", "8x64"));
    }

    @Test
    void rejectsMoreForValidationThanThereAre() {
        assertEquals(
                new Outcome(ExitCode.USAGE, "", """
                    error: --count: expected 1 or more, and no less than --val, got 3 and 4
                    see 'terrazzo scenes --help'
                    """),
                new Shell(home).run("scenes", home.toString(), "--count", "3", "--val", "4"));
    }

    @Test
    void namesTheDataSetsWhoseLabelsItKnows() {
        assertEquals(
                new Outcome(
                        ExitCode.USAGE,
                        "",
                        "error: --labels-of: expected one of SceneDataset, CamVidDataset, CityscapesDataset, got"
                                + " 'KITTI'\nsee 'terrazzo scenes --help'\n"),
                new Shell(home).run("scenes", home.resolve("s").toString(), "--labels-of", "KITTI"));
    }
}
