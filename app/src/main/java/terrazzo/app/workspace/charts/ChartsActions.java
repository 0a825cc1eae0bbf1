package terrazzo.app.workspace.charts;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import org.kordamp.ikonli.feather.Feather;
import terrazzo.app.action.ActionSpec;
import terrazzo.app.action.ActionSpec.Group;
import terrazzo.app.chart.ChartLink;
import terrazzo.app.fx.FileDialogs.Kind;
import terrazzo.app.notice.Notice;
import terrazzo.app.spi.StudioServices;
import terrazzo.app.task.TaskService.Lane;
import terrazzo.core.AtomicFile;
import terrazzo.core.Scale;
import terrazzo.train.figure.Figure;
import terrazzo.train.figure.Look;
import terrazzo.train.figure.PngFigure;
import terrazzo.train.figure.SvgFigure;
import terrazzo.train.logs.LogCsv;
import terrazzo.train.logs.NamedRun;

/// Everything that can be done in the workspace, each declared once.
final class ChartsActions {

    private static final int WIDTH = 1080;
    private static final int HEIGHT = 460;

    private final ChartsViewModel viewModel;
    private final ChartLink link;
    private final Supplier<Look> look;
    private final StudioServices services;
    private final List<ActionSpec> exports;
    private final ActionSpec open;
    private final ActionSpec openFiles;
    private final ActionSpec fit;
    private final ActionSpec live;
    private final ActionSpec table;
    private final ActionSpec clear;
    private final List<ActionSpec> axes;

    /// Writes to a file, off the UI thread.
    @FunctionalInterface
    private interface Saving {

        void to(Path file) throws IOException;
    }

    /// @param look the colours on screen
    ChartsActions(ChartsViewModel viewModel, ChartLink link, Supplier<Look> look, StudioServices services) {
        this.viewModel = viewModel;
        this.link = link;
        this.look = look;
        this.services = services;
        BooleanBinding hasRuns = Bindings.isNotEmpty(viewModel.runs());
        open = ActionSpec.of("charts.open", Group.FILE, this::chooseFolder)
                .icon(Feather.FOLDER)
                .key(KeyCode.O, KeyCombination.SHORTCUT_DOWN);
        openFiles = ActionSpec.of("charts.openFiles", Group.FILE, this::chooseFiles)
                .icon(Feather.FILE_TEXT)
                .key(KeyCode.O, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN);
        fit = ActionSpec.of("charts.fit", Group.VIEW, link::showAll)
                .icon(Feather.MAXIMIZE_2)
                .key(KeyCode.DIGIT0)
                .enabledWhen(hasRuns);
        live = toggle("charts.live", viewModel.liveProperty(), Feather.RADIO);
        table = toggle("charts.table", viewModel.tableProperty(), Feather.LIST);
        clear = ActionSpec.of("charts.clear", Group.EDIT, viewModel::removeAll)
                .icon(Feather.TRASH_2)
                .enabledWhen(hasRuns);
        axes = List.of(
                toggle("charts.logX", viewModel.logXProperty(), Feather.ARROW_RIGHT),
                toggle("charts.logY", viewModel.logYProperty(), Feather.ARROW_UP)
                        .key(KeyCode.L),
                toggle("charts.clip", viewModel.clippedProperty(), Feather.SCISSORS));
        exports = List.of(
                ActionSpec.of("charts.exportPng", Group.FILE, () -> save("png", png()))
                        .icon(Feather.DOWNLOAD)
                        .key(KeyCode.E, KeyCombination.SHORTCUT_DOWN)
                        .enabledWhen(hasRuns),
                ActionSpec.of("charts.exportSvg", Group.FILE, () -> save("svg", svg()))
                        .icon(Feather.DOWNLOAD)
                        .enabledWhen(hasRuns),
                ActionSpec.of("charts.exportCsv", Group.FILE, () -> save("csv", csv()))
                        .icon(Feather.DOWNLOAD)
                        .key(KeyCode.E, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN)
                        .enabledWhen(hasRuns),
                toggle("charts.paper", viewModel.paperProperty(), Feather.FILE));
    }

    List<ActionSpec> all() {
        List<ActionSpec> all = new ArrayList<>(List.of(open, openFiles, fit, live, table, clear));
        all.addAll(axes);
        all.addAll(exports);
        return all;
    }

    ActionSpec open() {
        return open;
    }

    ActionSpec openFiles() {
        return openFiles;
    }

    ActionSpec fit() {
        return fit;
    }

    ActionSpec live() {
        return live;
    }

    ActionSpec table() {
        return table;
    }

    ActionSpec clear() {
        return clear;
    }

    List<ActionSpec> exports() {
        return exports;
    }

    private static ActionSpec toggle(String id, BooleanProperty property, Feather icon) {
        return ActionSpec.of(id, Group.VIEW, () -> property.set(!property.get()))
                .icon(icon)
                .selectedWhen(property);
    }

    private void chooseFolder() {
        services.dialogs().folder(services.texts().get("dialog.openRuns")).ifPresent(f -> viewModel.open(List.of(f)));
    }

    private void chooseFiles() {
        Kind logs = new Kind(services.texts().get("dialog.kind.logs"), List.of("*.json", "*tfevents*"));
        List<Path> files = services.dialogs().open(services.texts().get("dialog.openRuns"), List.of(logs));
        if (!files.isEmpty()) {
            viewModel.open(files);
        }
    }

    private void save(String ending, Saving saving) {
        Kind kind = new Kind(ending.toUpperCase(Locale.ROOT), List.of("*." + ending));
        services.dialogs()
                .save(services.texts().get("dialog.save"), "charts." + ending, kind)
                .ifPresent(file -> services.tasks()
                        .submit(services.texts().get("task.export"), Lane.FILES, (_, _) -> {
                            saving.to(file);
                            return file;
                        })
                        .onDone(done -> services.notices()
                                .show(Notice.done(services.texts().get("charts.saved"), done.toString()))));
    }

    // What is shown is taken on the UI thread and written on another.

    private Saving png() {
        List<Figure> figures = figures();
        Look colours = colours();
        return file -> AtomicFile.write(file, out -> PngFigure.write(figures, size(figures), colours, out));
    }

    private Saving svg() {
        List<Figure> figures = figures();
        Look colours = colours();
        return file -> AtomicFile.writeText(file, SvgFigure.of(figures, size(figures), colours));
    }

    private Saving csv() {
        List<NamedRun> runs = viewModel.named();
        return file -> AtomicFile.write(file, out -> {
            Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            LogCsv.write(runs, LogCsv.keys(runs), writer);
            writer.flush();
        });
    }

    private Look colours() {
        return viewModel.paperProperty().get() ? Look.LIGHT : look.get();
    }

    /// The charts with the part of the horizontal axis that is seen.
    private List<Figure> figures() {
        String x = services.texts()
                .get("charts.x." + viewModel.xProperty().get().name().toLowerCase(Locale.ROOT));
        List<Figure> figures = new ArrayList<>();
        for (Panel panel : viewModel.panelsProperty().get()) {
            Figure figure = panel.figure(link.rangeProperty().get(), x);
            figures.add(figures.isEmpty() ? figure : figure.below(figures.getLast()));
        }
        return figures;
    }

    private static Scale size(List<Figure> figures) {
        return new Scale(WIDTH, HEIGHT * Math.max(1, figures.size()));
    }
}
