package terrazzo.app.workspace.inference;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import org.kordamp.ikonli.feather.Feather;
import terrazzo.app.action.ActionSpec;
import terrazzo.app.action.ActionSpec.Group;
import terrazzo.app.canvas.Viewport;
import terrazzo.app.fx.FileDialogs;
import terrazzo.app.fx.FileDialogs.Kind;
import terrazzo.app.l10n.Texts;
import terrazzo.app.spi.StudioServices;
import terrazzo.core.image.Raster;
import terrazzo.inference.exporters.Exporter;
import terrazzo.inference.exporters.Exporters;

/// Everything that can be done in the workspace, each declared once.
final class InferenceActions {

    private static final double ZOOM_STEP = Math.sqrt(2);
    private static final double OPACITY_STEP = 0.1;

    private final InferenceViewModel viewModel;
    private final Viewport viewport;
    private final Texts texts;
    private final FileDialogs dialogs;

    private final BooleanBinding hasModelAndFolder;
    private final BooleanBinding hasModelAndVideo;
    private final List<ActionSpec> all;
    private final ActionSpec openImage;
    private final ActionSpec openFolder;
    private final ActionSpec openVideo;
    private final ActionSpec openCamera;
    private final ActionSpec openModel;
    private final ActionSpec run;
    private final ActionSpec play;
    private final ActionSpec previous;
    private final ActionSpec next;
    private final ActionSpec live;
    private final ActionSpec inspector;
    private final ActionSpec fit;
    private final ActionSpec full;
    private final ActionSpec hide;
    private final ActionSpec loadPalette;
    private final ActionSpec savePalette;
    private final ActionSpec resetPalette;
    private final ActionSpec showAll;
    private final ActionSpec byArea;
    private final List<ActionSpec> exports;

    InferenceActions(InferenceViewModel viewModel, Viewport viewport, StudioServices services, Exporters exporters) {
        this.viewModel = viewModel;
        this.viewport = viewport;
        this.texts = services.texts();
        this.dialogs = services.dialogs();
        ClassesModel classes = viewModel.classes();
        BooleanBinding hasPicture = viewModel.display().hasPicture();
        BooleanBinding hasSource = Bindings.createBooleanBinding(
                () -> viewModel.model().sourceProperty().get().isPresent(),
                viewModel.model().sourceProperty());
        BooleanBinding hasModel = Bindings.createBooleanBinding(
                () -> viewModel.model().cardProperty().get().isPresent(),
                viewModel.model().cardProperty());
        BooleanBinding hasMany = Bindings.size(viewModel.files().folder()).greaterThan(1);
        hasModelAndFolder = hasModel.and(hasMany);
        hasModelAndVideo = hasModel.and(viewModel.video().open());
        openImage = ActionSpec.of("inference.open", Group.FILE, this::chooseImages)
                .icon(Feather.IMAGE)
                .key(KeyCode.O, KeyCombination.SHORTCUT_DOWN);
        openFolder = ActionSpec.of("inference.openFolder", Group.FILE, this::chooseFolder)
                .icon(Feather.FOLDER)
                .key(KeyCode.O, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN);
        openVideo = ActionSpec.of("inference.openVideo", Group.FILE, this::chooseVideo)
                .icon(Feather.FILM);
        openCamera = ActionSpec.of(
                        "inference.openCamera",
                        Group.FILE,
                        () -> viewModel.files().openCamera(0))
                .icon(Feather.CAMERA);
        openModel = ActionSpec.of("inference.openModel", Group.FILE, this::chooseModel)
                .icon(Feather.BOX)
                .key(KeyCode.M, KeyCombination.SHORTCUT_DOWN);
        run = ActionSpec.of("inference.run", Group.RUN, viewModel.modelRun()::start)
                .icon(Feather.PLAY)
                .key(KeyCode.R, KeyCombination.SHORTCUT_DOWN)
                .enabledWhen(hasPicture.and(hasSource));
        play = ActionSpec.of("inference.play", Group.RUN, viewModel::runOrPlay)
                .icon(Feather.PLAY)
                .key(KeyCode.SPACE)
                .enabledWhen(hasPicture);
        previous = ActionSpec.of(
                        "inference.previous", Group.GO, () -> viewModel.files().step(-1))
                .icon(Feather.SKIP_BACK)
                .key(KeyCode.LEFT)
                .enabledWhen(viewModel.video().open().or(hasMany));
        next = ActionSpec.of("inference.next", Group.GO, () -> viewModel.files().step(1))
                .icon(Feather.SKIP_FORWARD)
                .key(KeyCode.RIGHT)
                .enabledWhen(viewModel.video().open().or(hasMany));
        live = ActionSpec.of(
                        "inference.live",
                        Group.RUN,
                        () -> viewModel
                                .liveProperty()
                                .set(!viewModel.liveProperty().get()))
                .icon(Feather.ZAP)
                .selectedWhen(viewModel.liveProperty());
        inspector = ActionSpec.of(
                        "inference.inspector",
                        Group.VIEW,
                        () -> viewModel
                                .inspectorProperty()
                                .set(!viewModel.inspectorProperty().get()))
                .icon(Feather.SIDEBAR)
                .key(KeyCode.I, KeyCombination.SHORTCUT_DOWN)
                .selectedWhen(viewModel.inspectorProperty());
        fit = ActionSpec.of("canvas.fit", Group.VIEW, viewport::fit)
                .icon(Feather.MAXIMIZE_2)
                .key(KeyCode.DIGIT0)
                .enabledWhen(hasPicture);
        full = ActionSpec.of("canvas.full", Group.VIEW, viewport::actualSize)
                .icon(Feather.SEARCH)
                .key(KeyCode.DIGIT1)
                .enabledWhen(hasPicture);
        hide = ActionSpec.of(
                        "inference.hide",
                        Group.VIEW,
                        () -> classes.shownProperty()
                                .set(!classes.shownProperty().get()))
                .icon(Feather.LAYERS)
                .key(KeyCode.H)
                .selectedWhen(classes.shownProperty());
        BooleanBinding hasClasses = Bindings.isNotEmpty(classes.rows());
        loadPalette = ActionSpec.of("inference.loadPalette", Group.EDIT, this::choosePalette)
                .icon(Feather.DROPLET)
                .enabledWhen(hasClasses);
        savePalette = ActionSpec.of("inference.savePalette", Group.EDIT, this::writePalette)
                .icon(Feather.SAVE)
                .enabledWhen(hasClasses);
        resetPalette = ActionSpec.of("inference.resetPalette", Group.EDIT, classes::resetColours)
                .icon(Feather.ROTATE_CCW)
                .enabledWhen(hasClasses);
        showAll = ActionSpec.of("inference.showAll", Group.VIEW, classes::showAll)
                .icon(Feather.EYE)
                .enabledWhen(hasClasses);
        byArea = ActionSpec.of(
                        "inference.byArea",
                        Group.VIEW,
                        () -> classes.byAreaProperty()
                                .set(!classes.byAreaProperty().get()))
                .icon(Feather.BAR_CHART)
                .enabledWhen(hasClasses)
                .selectedWhen(classes.byAreaProperty());
        exports = Stream.concat(
                        exportActions(viewModel.display().hasResult()).stream(),
                        exporters.names().stream().map(name -> exportWith(name, exporters.get(name))))
                .toList();
        all = everything(classes, hasPicture, hasMany);
    }

    private List<ActionSpec> exportActions(BooleanBinding hasResult) {
        return List.of(
                ActionSpec.of("inference.copy", Group.EDIT, this::copy)
                        .icon(Feather.COPY)
                        .key(KeyCode.C, KeyCombination.SHORTCUT_DOWN)
                        .enabledWhen(hasResult),
                ActionSpec.of(
                                "inference.exportOverlay",
                                Group.FILE,
                                () -> save("overlay", "png", viewModel.exports()::overlay))
                        .icon(Feather.DOWNLOAD)
                        .key(KeyCode.E, KeyCombination.SHORTCUT_DOWN)
                        .enabledWhen(hasResult),
                ActionSpec.of("inference.exportMask", Group.FILE, () -> save("mask", "png", viewModel.exports()::mask))
                        .icon(Feather.DOWNLOAD)
                        .key(KeyCode.E, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN)
                        .enabledWhen(hasResult),
                ActionSpec.of(
                                "inference.exportFolder",
                                Group.FILE,
                                () -> dialogs.folder(texts.get("dialog.exportFolder"))
                                        .ifPresent(viewModel.exports()::folder))
                        .icon(Feather.DOWNLOAD)
                        .enabledWhen(hasModelAndFolder),
                ActionSpec.of("inference.exportVideo", Group.FILE, this::saveVideo)
                        .icon(Feather.DOWNLOAD)
                        .enabledWhen(hasModelAndVideo));
    }

    private ActionSpec exportWith(String name, Exporter exporter) {
        return ActionSpec.of(
                        "export." + name,
                        Group.FILE,
                        () -> save(
                                name,
                                exporter.ending(),
                                file -> viewModel.exports().with(exporter, file)))
                .icon(Feather.DOWNLOAD)
                .enabledWhen(viewModel.display().hasResult());
    }

    private List<ActionSpec> everything(ClassesModel classes, BooleanBinding hasPicture, BooleanBinding hasMany) {
        List<ActionSpec> actions =
                new ArrayList<>(List.of(openImage, openFolder, openVideo, openCamera, openModel, run, play, live));
        actions.addAll(exports);
        actions.addAll(List.of(
                previous,
                next,
                ActionSpec.of(
                                "inference.previousImage",
                                Group.GO,
                                () -> viewModel.files().step(-1))
                        .key(KeyCode.OPEN_BRACKET)
                        .enabledWhen(hasMany),
                ActionSpec.of(
                                "inference.nextImage",
                                Group.GO,
                                () -> viewModel.files().step(1))
                        .key(KeyCode.CLOSE_BRACKET)
                        .enabledWhen(hasMany),
                fit,
                full,
                ActionSpec.of("canvas.in", Group.VIEW, () -> viewport.zoomTo(viewport.zoom() * ZOOM_STEP))
                        .icon(Feather.ZOOM_IN)
                        .key(KeyCode.EQUALS, KeyCombination.SHORTCUT_DOWN)
                        .enabledWhen(hasPicture),
                ActionSpec.of("canvas.out", Group.VIEW, () -> viewport.zoomTo(viewport.zoom() / ZOOM_STEP))
                        .icon(Feather.ZOOM_OUT)
                        .key(KeyCode.MINUS, KeyCombination.SHORTCUT_DOWN)
                        .enabledWhen(hasPicture),
                hide,
                ActionSpec.of("inference.fainter", Group.VIEW, () -> opacity(classes, -OPACITY_STEP))
                        .key(KeyCode.COMMA),
                ActionSpec.of("inference.stronger", Group.VIEW, () -> opacity(classes, OPACITY_STEP))
                        .key(KeyCode.PERIOD),
                ActionSpec.of(
                                "inference.outlines",
                                Group.VIEW,
                                () -> classes.outlinesProperty()
                                        .set(!classes.outlinesProperty().get()))
                        .selectedWhen(classes.outlinesProperty()),
                showAll,
                byArea,
                inspector,
                loadPalette,
                savePalette,
                resetPalette));
        return List.copyOf(actions);
    }

    List<ActionSpec> all() {
        return all;
    }

    List<ActionSpec> opens() {
        return List.of(openImage, openFolder, openVideo, openCamera);
    }

    List<ActionSpec> exports() {
        return exports;
    }

    ActionSpec openImage() {
        return openImage;
    }

    ActionSpec openFolder() {
        return openFolder;
    }

    ActionSpec openModel() {
        return openModel;
    }

    ActionSpec run() {
        return run;
    }

    ActionSpec play() {
        return play;
    }

    ActionSpec previous() {
        return previous;
    }

    ActionSpec next() {
        return next;
    }

    ActionSpec live() {
        return live;
    }

    ActionSpec inspector() {
        return inspector;
    }

    ActionSpec fit() {
        return fit;
    }

    ActionSpec full() {
        return full;
    }

    ActionSpec hide() {
        return hide;
    }

    ActionSpec showAll() {
        return showAll;
    }

    ActionSpec byArea() {
        return byArea;
    }

    ActionSpec loadPalette() {
        return loadPalette;
    }

    ActionSpec savePalette() {
        return savePalette;
    }

    ActionSpec resetPalette() {
        return resetPalette;
    }

    private static void opacity(ClassesModel classes, double by) {
        classes.opacityProperty().set(Math.clamp(classes.opacityProperty().get() + by, 0, 1));
    }

    private void chooseImages() {
        List<Path> files = dialogs.open(
                texts.get("dialog.open"),
                List.of(
                        kind("dialog.kind.all", everyEnding()),
                        kind("dialog.kind.images", DroppedFiles.IMAGES),
                        kind("dialog.kind.videos", DroppedFiles.VIDEOS)));
        if (!files.isEmpty()) {
            viewModel.open(files);
        }
    }

    private void chooseFolder() {
        dialogs.folder(texts.get("dialog.openFolder"))
                .ifPresent(path -> viewModel.files().openFolder(path, 0));
    }

    private void chooseVideo() {
        dialogs.open(texts.get("dialog.openVideo"), List.of(kind("dialog.kind.videos", DroppedFiles.VIDEOS))).stream()
                .findFirst()
                .ifPresent(file -> viewModel.files().openVideo(file, 0));
    }

    private void chooseModel() {
        List<String> endings = new ArrayList<>(DroppedFiles.CHECKPOINTS);
        endings.addAll(DroppedFiles.CONFIGS);
        List<Path> files = dialogs.open(texts.get("dialog.openModel"), List.of(kind("dialog.kind.models", endings)));
        if (!files.isEmpty()) {
            viewModel.open(files);
        }
    }

    /// A checkpoint that the user names.
    Optional<Path> checkpoint() {
        return dialogs
                .open(texts.get("dialog.openModel"), List.of(kind("dialog.kind.models", DroppedFiles.CHECKPOINTS)))
                .stream()
                .findFirst();
    }

    private void choosePalette() {
        dialogs
                .open(
                        texts.get("dialog.loadPalette"),
                        List.of(kind("dialog.kind.palettes", List.of("json", "gpl", "txt", "pal"))))
                .stream()
                .findFirst()
                .ifPresent(viewModel::loadPalette);
    }

    private void writePalette() {
        dialogs.save(texts.get("dialog.savePalette"), "palette.json", kind("dialog.kind.palettes", List.of("json")))
                .ifPresent(viewModel.exports()::palette);
    }

    private void save(String suffix, String ending, Consumer<Path> export) {
        String name = viewModel
                .display()
                .pictureProperty()
                .get()
                .map(p -> p.name().replaceFirst("\\.[^.]+$", ""))
                .orElse("image");
        Optional<Path> file = dialogs.save(
                texts.get("dialog.save"),
                name + "_" + suffix + "." + ending,
                kind(ending.equals("png") ? "dialog.kind.images" : "dialog.kind.results", List.of(ending)));
        file.ifPresent(export);
    }

    private void saveVideo() {
        dialogs.save(texts.get("dialog.save"), "overlay.mp4", kind("dialog.kind.videos", List.of("mp4")))
                .ifPresent(viewModel.exports()::video);
    }

    private void copy() {
        viewModel.exports().shownOverlay().ifPresent(overlay -> {
            ClipboardContent content = new ClipboardContent();
            content.putImage(image(overlay));
            Clipboard.getSystemClipboard().setContent(content);
        });
    }

    private static WritableImage image(Raster raster) {
        WritableImage image = new WritableImage(raster.width(), raster.height());
        int[] line = new int[raster.width()];
        for (int y = 0; y < raster.height(); y++) {
            for (int x = 0; x < line.length; x++) {
                line[x] = raster.argb(x, y);
            }
            image.getPixelWriter()
                    .setPixels(0, y, line.length, 1, PixelFormat.getIntArgbInstance(), line, 0, line.length);
        }
        return image;
    }

    private Kind kind(String key, List<String> endings) {
        return new Kind(texts.get(key), DroppedFiles.patterns(endings));
    }

    private static List<String> everyEnding() {
        List<String> endings = new ArrayList<>(DroppedFiles.IMAGES);
        endings.addAll(DroppedFiles.VIDEOS);
        return endings;
    }
}
