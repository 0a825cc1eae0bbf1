package terrazzo.app.workspace.inference;

import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.beans.InvalidationListener;
import javafx.beans.WeakInvalidationListener;
import javafx.beans.binding.Bindings;
import javafx.beans.property.LongProperty;
import javafx.css.PseudoClass;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.ColorPicker;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.util.Callback;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import terrazzo.app.l10n.Texts;
import terrazzo.app.view.Css;
import terrazzo.app.view.Tips;

/// One class: eye, colour, name, share of the image, and "only this one". All cells of a list come in one layout, so
/// each
/// holds no window of its own: tooltips are shared, and a field, which brings a menu, is there while one renames.
final class ClassCell extends ListCell<ClassRow> {

    /// Rows of classes that are not drawn.
    private static final PseudoClass UNSEEN = PseudoClass.getPseudoClass("unseen");

    /// Left of the letters in a field, px.
    private static final double FIELD_INSET = 7;

    private final Texts texts;
    private final ClassesModel classes;
    private final ToggleButton eye = new ToggleButton();
    private final FontIcon eyeIcon = new FontIcon(Feather.EYE);
    private final ColorPicker colour = new ColorPicker();
    private final Label name = new Label();
    private final Label share = new Label();
    private final ToggleButton solo = new ToggleButton(null, new FontIcon(Feather.TARGET));
    private final HBox row = new HBox(6);
    private final Region apart = new Apart(row);
    private final InvalidationListener refresh = _ -> {
        ClassRow item = getItem();
        if (item != null) {
            show(item);
        }
    };
    private final InvalidationListener dim = _ -> {
        ClassRow item = getItem();
        if (item != null) {
            dim(item);
        }
    };
    private @Nullable ClassRow followed;
    private @Nullable TextField rename;

    /// What the cells of a list say on hovering.
    ///
    /// @param name tells the whole name of the cell that the pointer is over
    private record CellTips(Tooltip visible, Tooltip solo, Tooltip colour, Tooltip name) {

        static CellTips of(Texts texts) {
            return new CellTips(
                    Tips.of(texts.bind("inference.class.visible")),
                    Tips.of(texts.bind("inference.class.solo")),
                    Tips.of(texts.bind("inference.class.colour")),
                    new Tooltip());
        }
    }

    /// Makes the cells of one list.
    static Callback<ListView<ClassRow>, ListCell<ClassRow>> of(Texts texts, ClassesModel classes) {
        CellTips tips = CellTips.of(texts);
        return _ -> new ClassCell(texts, classes, tips);
    }

    private ClassCell(Texts texts, ClassesModel classes, CellTips tips) {
        this.texts = texts;
        this.classes = classes;
        classes.styleProperty().addListener(new WeakInvalidationListener(dim)); // "alone" dims all the others
        eye.setGraphic(eyeIcon);
        eye.getStyleClass().addAll("button-icon", "flat", "small", "row-toggle");
        eye.setTooltip(tips.visible);
        solo.getStyleClass().addAll("button-icon", "flat", "small", "row-toggle", "solo");
        solo.setTooltip(tips.solo);
        colour.getStyleClass().addAll("button", "swatch");
        colour.setTooltip(tips.colour);
        colour.setMinWidth(Region.USE_PREF_SIZE);
        name.setMinWidth(0);
        share.getStyleClass().addAll(Css.NUMBER, Css.MUTED);
        share.setMinWidth(Region.USE_PREF_SIZE);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getChildren().addAll(eye, colour, name, gap, share, solo);
        setPrefWidth(0); // as wide as the list
        eye.setOnAction(_ -> with(classes::toggleVisible));
        solo.setOnAction(_ -> with(classes::toggleSolo));
        name.setId("class-name");
        name.setTooltip(tips.name);
        name.setOnMouseEntered(_ -> tips.name.setText(name.getText() + "\n" + texts.get("inference.class.rename.how")));
        name.setOnMouseClicked(e -> {
            if (e.getClickCount() == 2) {
                startRenaming();
            }
        });
        colour.setOnAction(_ -> with(r -> classes.setColour(r, rgb(colour.getValue()))));
    }

    @Override
    protected void updateItem(@Nullable ClassRow item, boolean empty) {
        super.updateItem(item, empty);
        share.textProperty().unbind();
        follow(empty ? null : item);
        apart.setVisible(!empty && item != null); // to take it off and put it on again would style it anew
        if (empty || item == null) {
            return;
        }
        eye.setId("eye-" + item.index());
        solo.setId("solo-" + item.index());
        colour.setId("colour-" + item.index());
        share.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> share(item.pixelsProperty(), classes.pixelsProperty()),
                        item.pixelsProperty(),
                        classes.pixelsProperty()));
        show(item);
        if (getGraphic() == null) {
            setGraphic(apart);
        }
    }

    /// A double click on the name, or F2 in the list, makes it a field; Enter and leaving take what was typed.
    void startRenaming() {
        if (rename != null) {
            return;
        }
        TextField field = new TextField(name.getText());
        field.setId("class-rename");
        field.getStyleClass().add("cell-field");
        field.setPrefColumnCount(10);
        field.accessibleTextProperty().bind(texts.bind("inference.class.rename"));
        field.setOnAction(_ -> endRenaming(true));
        field.focusedProperty().addListener(_ -> {
            if (!field.isFocused()) {
                endRenaming(true);
            }
        });
        field.addEventHandler(KeyEvent.KEY_PRESSED, e -> {
            if (e.getCode() == KeyCode.ESCAPE) {
                endRenaming(false);
                e.consume();
            }
        });
        rename = field;
        HBox.setMargin(field, new Insets(0, 0, 0, -FIELD_INSET)); // the letters stay where they are
        row.getChildren().set(row.getChildren().indexOf(name), field);
        field.requestFocus();
        field.selectAll();
    }

    private void endRenaming(boolean isTaken) {
        TextField field = rename;
        if (field == null) {
            return;
        }
        rename = null; // before the field loses the focus, which ends it too
        row.getChildren().set(row.getChildren().indexOf(field), name);
        if (isTaken) {
            with(r -> classes.rename(r, field.getText()));
        }
        getListView().requestFocus();
    }

    private void follow(@Nullable ClassRow item) {
        ClassRow before = followed;
        if (before != null) {
            before.visibleProperty().removeListener(refresh);
            before.soloProperty().removeListener(refresh);
            before.rgbProperty().removeListener(refresh);
            before.nameProperty().removeListener(refresh);
        }
        followed = item;
        if (item != null) {
            item.visibleProperty().addListener(refresh);
            item.soloProperty().addListener(refresh);
            item.rgbProperty().addListener(refresh);
            item.nameProperty().addListener(refresh);
        }
    }

    private void show(ClassRow item) {
        boolean isVisible = item.visibleProperty().get();
        eye.setSelected(isVisible);
        eyeIcon.setIconCode(isVisible ? Feather.EYE : Feather.EYE_OFF);
        solo.setSelected(item.soloProperty().get());
        name.setText(item.name());
        eye.setAccessibleText(texts.get("inference.class.visible") + " " + item.name());
        solo.setAccessibleText(texts.get("inference.class.solo") + " " + item.name());
        colour.setAccessibleText(texts.get("inference.class.colour") + " " + item.name());
        dim(item);
        int rgb = item.rgbProperty().get();
        colour.setValue(Color.rgb(rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF));
    }

    private void dim(ClassRow item) {
        row.pseudoClassStateChanged(UNSEEN, !classes.isSeen(item));
    }

    /// `12.3 %`, or nothing before a result; what is there but rounds to nothing is `< 0.1 %`.
    private static String share(LongProperty pixels, LongProperty all) {
        if (all.get() == 0) {
            return "";
        }
        double percent = 100.0 * pixels.get() / all.get();
        return pixels.get() == 0 ? "–" : percent < 0.05 ? "< 0.1 %" : "%.1f %%".formatted(percent);
    }

    private static int rgb(Color c) {
        return (int) Math.round(c.getRed() * 255) << 16
                | (int) Math.round(c.getGreen() * 255) << 8
                | (int) Math.round(c.getBlue() * 255);
    }

    private void with(Consumer<ClassRow> action) {
        ClassRow item = getItem();
        if (item != null) {
            action.accept(item);
            show(item);
        }
    }

    /// Fills a cell with a row and keeps the row's layout to itself: a list lays all its cells out anew, styles
    /// included,
    /// when one of them asks for layout, which a row does with every share that changes.
    private static final class Apart extends Region {

        private final HBox row;

        Apart(HBox row) {
            this.row = row;
            row.setManaged(false);
            getChildren().add(row);
            // The toolkit asks those above to lay out their branch only as far as they are not asked yet, and a list
            // that became smaller leaves some asked for ever: without this the row would never be laid out again.
            row.needsLayoutProperty().addListener((_, _, isNeeded) -> {
                if (isNeeded && row.getScene() != null) {
                    Platform.runLater(row::layout);
                }
            });
        }

        @Override
        protected double computeMinWidth(double height) {
            return row.minWidth(height);
        }

        @Override
        protected double computePrefWidth(double height) {
            return row.prefWidth(height);
        }

        @Override
        protected double computeMinHeight(double width) {
            return row.minHeight(width);
        }

        @Override
        protected double computePrefHeight(double width) {
            return row.prefHeight(width);
        }

        @Override
        protected void layoutChildren() {
            row.resizeRelocate(0, 0, getWidth(), getHeight());
        }
    }
}
