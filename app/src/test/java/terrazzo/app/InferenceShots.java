package terrazzo.app;

import static terrazzo.app.ShotCamera.ui;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javafx.css.PseudoClass;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.input.KeyCode;
import terrazzo.app.canvas.SegCanvas;
import terrazzo.core.Size;
import terrazzo.core.image.Raster;
import terrazzo.data.images.ImageFile;
import terrazzo.data.images.PngRows;
import terrazzo.data.scenes.DemoScenes;

/// Images, folders, videos and models in all their states.
final class InferenceShots extends Shots {

    private static final String HOVER = ".seg-canvas@0.45:0.7";

    /// Pixels in each direction of an image too large for memory.
    private static final int LARGE = 12_000;

    InferenceShots(Path home, Studio studio, ShotCamera camera) {
        super(home, studio, camera);
    }

    void inference() throws Exception {
        camera.shoot("inference-empty");
        List<Path> scenes = DemoScenes.in(home.resolve("cache/demo"));
        ui(() -> studio.currentWorkspace().open(scenes));
        new OpenStudio(studio).settle();
        camera.shoot("inference-image-run");
        step("#opacity=1");
        camera.shoot("inference-opacity-1");
        step("#opacity=0.5");
        step("#eye-1");
        camera.shoot("inference-class-hidden");
        step("#eye-1");
        step("#solo-1");
        camera.shoot("inference-class-solo");
        step("#solo-1");
        step("#colour-0=gold");
        camera.shoot("inference-class-colour");
        step("inference.resetPalette");
        step("#confidence=0.7");
        camera.shoot("inference-confidence");
        step("#confidence=0");
        camera.shoot("inference-hover", doing(HOVER), () -> {});
        step("inference.outlines");
        camera.shoot("inference-outlines");
        step("inference.outlines");
        camera.shoot("inference-zoom-64", this::zoomIn, doing("canvas.fit"));
        ListView<?> classes = OpenStudio.ui(() -> (ListView<?>) find("#classes"));
        ui(() -> classes.getSelectionModel().select(3));
        camera.shoot(
                "inference-class-rename",
                () -> key(classes, KeyCode.F2),
                () -> key(find("#class-rename"), KeyCode.ESCAPE));
        ui(() -> classes.getSelectionModel().clearSelection());
        step("inference.inspector");
        camera.shoot("inference-inspector-hidden");
        step("inference.inspector");
        files(scenes);
        ui(() -> studio.currentWorkspace().open(scenes));
        camera.shoot("inference-menu-open", doing("#open-menu"), this::hidePopups);
        camera.shoot("inference-menu-export", doing("#export-menu"), this::hidePopups);
        camera.shoot("inference-menu-models", doing("#model-catalogue"), this::hidePopups);
        camera.shoot("inference-published", this::published, this::hidePopups);
        camera.shoot("menu", doing("#menu"), this::hidePopups);
        camera.shoot("focus-ring", () -> find("#export-menu").requestFocus(), () -> {});
    }

    /// What users open beside a few good images.
    private void files(List<Path> scenes) throws Exception {
        Path photos = Files.createDirectories(home.resolve("Photos of the survey"));
        for (int i = 0; i < 40; i++) {
            Path scene = scenes.get(i % scenes.size());
            String name = i % 7 == 3 ? "img_%04d_frankfurt_leftImg8bit.jpg" : "img_%04d.jpg";
            Files.copy(scene, photos.resolve(name.formatted(i)));
        }
        ui(() -> studio.currentWorkspace().open(List.of(photos)));
        new OpenStudio(studio).settle();
        for (int i = 0; i < 12; i++) {
            step("inference.next");
        }
        camera.shoot("inference-folder", () -> hover(true), () -> hover(false));
        Files.writeString(photos.resolve("img_0001a.png"), "no image");
        ui(() -> studio.currentWorkspace().open(List.of(photos)));
        new OpenStudio(studio).settle();
        step("inference.next");
        new OpenStudio(studio).settle();
        step("inference.next");
        camera.shoot(
                "inference-unreadable-image",
                () -> {
                    doing("inference.previous").run();
                    doing("inference.next").run();
                },
                this::hush);
        ui(this::hush);
        Path torn = Files.write(photos.resolve("torn.pth"), new byte[] {1, 2, 3});
        camera.shoot("inference-unreadable-model", opening(torn), this::hush);
        ui(() -> studio.currentWorkspace().open(scenes));
        new OpenStudio(studio).settle();
        Path large = photos.resolve("orthophoto.png");
        writeLarge(ImageFile.load(scenes.getFirst()), large);
        camera.shootAtWork("inference-large-loading", opening(large), 2500);
        ui(opening(large));
        TimeUnit.SECONDS.sleep(30);
        camera.shootAtWork("inference-large-segmenting", () -> {}, 500);
    }

    /// Over an image that isn't shown: pictures have no pointer.
    private void hover(boolean isOver) {
        studio.scene().getRoot().lookupAll(".filmstrip .list-cell:filled").stream()
                .filter(cell -> cell instanceof ListCell<?> c && !c.isSelected())
                .limit(1)
                .forEach(cell -> cell.pseudoClassStateChanged(PseudoClass.getPseudoClass("hover"), isOver));
    }

    private ShotCamera.Step opening(Path file) {
        return () -> studio.currentWorkspace().open(List.of(file));
    }

    /// A scene, each pixel many times.
    private static void writeLarge(Raster scene, Path file) throws IOException {
        Size size = new Size(LARGE, LARGE);
        try (OutputStream out = Files.newOutputStream(file);
                PngRows rows = PngRows.colour(out, size)) {
            byte[] row = new byte[LARGE * 3];
            for (int y = 0; y < LARGE; y++) {
                for (int i = 0; i < row.length; i++) {
                    int argb = scene.argb(i / 3 * scene.width() / LARGE, y * scene.height() / LARGE);
                    row[i] = (byte) (argb >> (8 * (i % 3))); // blue comes first
                }
                rows.row(row, 0);
            }
        }
    }

    /// To the edge of a car, as near as it gets.
    private void zoomIn() throws IOException {
        SegCanvas canvas = (SegCanvas) find(".seg-canvas");
        canvas.viewport().zoomTo(64);
        canvas.viewport().centreOn(544.5, 243.5);
        doing(HOVER).run();
    }

    void video(String file) throws Exception {
        if (file.equals("-")) {
            return;
        }
        ui(() -> studio.currentWorkspace().open(List.of(Path.of(file))));
        camera.shoot("video-paused");
        camera.shoot("video-playing", doing("inference.play"), doing("inference.play"));
    }

    private void published() {
        MenuButton models = (MenuButton) find("#model-catalogue");
        models.show();
        models.hide();
        models.getItems().getLast().fire();
    }
}
