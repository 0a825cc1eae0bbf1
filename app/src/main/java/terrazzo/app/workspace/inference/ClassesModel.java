package terrazzo.app.workspace.inference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.LongProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleLongProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import terrazzo.app.canvas.LabelStyle;
import terrazzo.app.edit.ClassEdit;
import terrazzo.app.edit.ClassEdit.Change;
import terrazzo.app.edit.ClassEdit.Kind;
import terrazzo.app.edit.ClassEdit.Look;
import terrazzo.app.edit.Edit;
import terrazzo.app.edit.TileEdit;
import terrazzo.app.edit.UndoStack;
import terrazzo.app.segment.ModelCard;
import terrazzo.core.image.LabelMap;
import terrazzo.core.image.Palette;
import terrazzo.inference.overlay.PaletteFile;

/// The classes of the open model: their colours, which are shown, how many pixels each has, and the style
/// that all this adds up to. Nothing here runs the model again.
final class ClassesModel {

    static final double OPACITY = 0.5;

    private final ObservableList<ClassRow> rows = FXCollections.observableArrayList();
    private final DoubleProperty opacity = new SimpleDoubleProperty(OPACITY);
    private final DoubleProperty minConfidence = new SimpleDoubleProperty(0);
    private final BooleanProperty outlines = new SimpleBooleanProperty(false);
    private final BooleanProperty shown = new SimpleBooleanProperty(true);
    private final BooleanProperty byArea = new SimpleBooleanProperty(false);
    private final LongProperty pixels = new SimpleLongProperty(0);
    private final ReadOnlyObjectWrapper<LabelStyle> style = new ReadOnlyObjectWrapper<>(LabelStyle.of(List.of()));
    private final UndoStack undo = new UndoStack(this::apply);
    private List<ClassRow> byIndex = List.of();
    private Palette original = new Palette(List.of());
    private List<Look> expected = List.of();
    private @Nullable LabelStatistics statistics;

    ClassesModel() {
        opacity.addListener(_ -> restyle());
        outlines.addListener(_ -> restyle());
        shown.addListener(_ -> restyle());
        byArea.addListener(_ -> sort());
        minConfidence.addListener(_ -> {
            restyle();
            count();
        });
    }

    /// Takes another model's classes. Classes of the same name keep what the user chose for them.
    void show(ModelCard card) {
        List<ClassRow> next = new ArrayList<>();
        for (int i = 0; i < card.classes().size(); i++) {
            ClassRow row = new ClassRow(i, card.classes().get(i), card.palette().rgb(i));
            find(row.name())
                    .ifPresent(old ->
                            row.visibleProperty().set(old.visibleProperty().get()));
            if (expected.size() == card.classes().size()) {
                row.setLook(expected.get(i));
            }
            next.add(row);
        }
        expected = List.of();
        byIndex = List.copyOf(next);
        original = card.palette();
        undo.clear();
        rows.setAll(byIndex);
        count();
        restyle();
    }

    /// Takes the pixel counts of another result, or none.
    void show(@Nullable LabelStatistics next) {
        statistics = next;
        count();
    }

    ObservableList<ClassRow> rows() {
        return rows;
    }

    DoubleProperty opacityProperty() {
        return opacity;
    }

    DoubleProperty minConfidenceProperty() {
        return minConfidence;
    }

    BooleanProperty outlinesProperty() {
        return outlines;
    }

    /// Whether the overlay is shown at all.
    BooleanProperty shownProperty() {
        return shown;
    }

    /// Whether the largest class comes first; else they come by index.
    BooleanProperty byAreaProperty() {
        return byArea;
    }

    /// All pixels of the image, 0 without a result.
    LongProperty pixelsProperty() {
        return pixels;
    }

    ReadOnlyObjectProperty<LabelStyle> styleProperty() {
        return style.getReadOnlyProperty();
    }

    void toggleVisible(ClassRow row) {
        change(
                Kind.VISIBILITY,
                r -> r == row
                        ? new Look(
                                r.name(),
                                r.look().rgb(),
                                !r.look().isVisible(),
                                r.look().isSolo())
                        : r.look());
    }

    /// Shows a class alone, or all again.
    void toggleSolo(ClassRow row) {
        boolean isAlone = !row.soloProperty().get();
        change(Kind.SOLO, r -> new Look(r.name(), r.look().rgb(), r.look().isVisible(), r == row && isAlone));
    }

    void showAll() {
        change(Kind.VISIBILITY, r -> new Look(r.name(), r.look().rgb(), true, false));
    }

    void setColour(ClassRow row, int rgb) {
        change(Kind.COLOUR, r -> r == row ? withColour(r, rgb) : r.look());
    }

    /// Takes colours, and names if there is one for each class; classes beyond the palette stay as they are.
    void setPalette(PaletteFile.Named file) {
        List<String> names = file.names().size() == byIndex.size() ? file.names() : List.of();
        change(
                Kind.PALETTE,
                r -> r.index() >= file.palette().size()
                        ? r.look()
                        : new Look(
                                names.isEmpty() ? r.name() : names.get(r.index()),
                                file.palette().rgb(r.index()),
                                r.look().isVisible(),
                                r.look().isSolo()));
    }

    /// The model's own colours again.
    void resetColours() {
        change(Kind.PALETTE, r -> withColour(r, original.rgb(r.index())));
    }

    /// Calls a class something else; an empty name gives the model's back.
    void rename(ClassRow row, String name) {
        String next = name.isBlank() ? row.modelName() : name.strip();
        change(
                Kind.NAME,
                r -> r == row
                        ? new Look(
                                next,
                                r.look().rgb(),
                                r.look().isVisible(),
                                r.look().isSolo())
                        : r.look());
    }

    /// What can be taken back.
    UndoStack undo() {
        return undo;
    }

    /// How each class looks, by index.
    List<Look> looks() {
        return byIndex.stream().map(ClassRow::look).toList();
    }

    /// Gives the next model that is shown, if it has as many classes, these looks.
    void expect(List<Look> looks) {
        expected = List.copyOf(looks);
    }

    private static Look withColour(ClassRow row, int rgb) {
        return new Look(row.name(), rgb, row.look().isVisible(), row.look().isSolo());
    }

    /// Keeps what differs as one edit.
    private void change(Kind kind, Function<ClassRow, Look> next) {
        List<Change> changes = byIndex.stream()
                .map(r -> new Change(r.index(), r.look(), next.apply(r)))
                .filter(c -> !c.before().equals(c.after()))
                .toList();
        if (!changes.isEmpty()) {
            undo.perform(new ClassEdit(kind, changes));
        }
    }

    private void apply(Edit edit) {
        switch (edit) {
            case ClassEdit classes -> {
                classes.changes().forEach(c -> byIndex.get(c.index()).setLook(c.after()));
                restyle();
            }
            case TileEdit _ ->
                throw new IllegalArgumentException("expected an edit of classes, got one of a label map");
        }
    }

    /// Colours and names as they are now.
    PaletteFile.Named namedPalette() {
        return new PaletteFile.Named(
                palette(), byIndex.stream().map(ClassRow::name).toList());
    }

    /// The colours as they are now.
    Palette palette() {
        return new Palette(byIndex.stream().map(r -> r.rgbProperty().get()).toList());
    }

    /// The row of a class index; empty for 255 and other indices without a name.
    Optional<ClassRow> row(int index) {
        return index < byIndex.size() ? Optional.of(byIndex.get(index)) : Optional.empty();
    }

    /// The labels without hidden classes and unsure pixels, which become [LabelMap#IGNORE]: what an
    /// exported overlay shows. Any thread, given a style.
    ///
    /// @param sure confidence of each pixel, null when not known
    static LabelMap visible(LabelMap map, byte @Nullable [] sure, LabelStyle style) {
        byte[] labels = map.asBytes().clone();
        int least = (int) Math.ceil(style.minConfidence() * 255);
        for (int i = 0; i < labels.length; i++) {
            boolean isUnsure = sure != null && (sure[i] & 0xFF) < least;
            if (isUnsure || !style.isVisible(labels[i] & 0xFF)) {
                labels[i] = (byte) LabelMap.IGNORE;
            }
        }
        return new LabelMap(map.size(), labels);
    }

    private Optional<ClassRow> find(String name) {
        return byIndex.stream().filter(r -> r.modelName().equals(name)).findFirst();
    }

    /// Whether a class is drawn: alone, or not hidden while none is alone.
    boolean isSeen(ClassRow row) {
        boolean isSolo = byIndex.stream().anyMatch(r -> r.soloProperty().get());
        return isSolo ? row.soloProperty().get() : row.visibleProperty().get();
    }

    private void restyle() {
        LabelStyle next = LabelStyle.of(palette().colors())
                .withOpacity(opacity.get())
                .withMinConfidence(minConfidence.get())
                .withOutlines(outlines.get());
        for (ClassRow row : byIndex) {
            if (!isSeen(row) || !shown.get()) {
                next = next.withVisible(row.index(), false);
            }
        }
        style.set(next);
    }

    private void count() {
        LabelStatistics counted = statistics;
        pixels.set(counted == null ? 0 : counted.pixels());
        for (ClassRow row : byIndex) {
            row.pixelsProperty().set(counted == null ? 0 : counted.pixels(row.index(), minConfidence.get()));
        }
        sort();
    }

    private void sort() {
        Comparator<ClassRow> order = Comparator.comparingInt(ClassRow::index);
        if (byArea.get()) {
            order = Comparator.<ClassRow>comparingLong(r -> -r.pixelsProperty().get())
                    .thenComparing(order);
        }
        List<ClassRow> sorted = byIndex.stream().sorted(order).toList();
        if (!sorted.equals(rows)) {
            rows.setAll(sorted);
        }
    }
}
