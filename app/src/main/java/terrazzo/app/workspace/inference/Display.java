package terrazzo.app.workspace.inference;

import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import terrazzo.app.canvas.LabelSource;
import terrazzo.core.Size;

/// What is on screen: the image, what the model found in it, and what lies under the pointer. It owns both, and lets
/// them go when others take their place. UI thread only.
final class Display {

    private final ClassesModel classes;
    private final ReadOnlyObjectWrapper<Optional<Picture>> picture = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Result>> result = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Hover>> hover = new ReadOnlyObjectWrapper<>(Optional.empty());

    private final StringProperty unreadable = new SimpleStringProperty("");

    /// @param classes are told of each result
    Display(ClassesModel classes) {
        this.classes = classes;
    }

    ReadOnlyObjectProperty<Optional<Picture>> pictureProperty() {
        return picture.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Optional<Result>> resultProperty() {
        return result.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Optional<Hover>> hoverProperty() {
        return hover.getReadOnlyProperty();
    }

    /// The name of the file that is chosen but can't be shown; empty while there is none.
    StringProperty unreadableProperty() {
        return unreadable;
    }

    BooleanBinding hasPicture() {
        return Bindings.createBooleanBinding(() -> picture.get().isPresent(), picture);
    }

    BooleanBinding hasResult() {
        return Bindings.createBooleanBinding(() -> result.get().isPresent(), result);
    }

    /// Shows another picture; the one before is closed.
    void show(Optional<Picture> next, Optional<Result> found) {
        Optional<Picture> before = picture.get();
        unreadable.set("");
        picture.set(next);
        show(found);
        before.ifPresent(Picture::close);
    }

    /// Shows another result over the same picture, or none.
    void show(Optional<Result> next) {
        Optional<Result> before = result.get();
        result.set(next);
        classes.show(next.flatMap(Result::statistics).orElse(null));
        before.ifPresent(r -> r.closeUnlessIn(next));
        hover.get().ifPresent(h -> hover(h.x(), h.y()));
    }

    boolean isShown(Picture one) {
        return picture.get().filter(one::equals).isPresent();
    }

    /// Shows what was found in a picture, unless another one is shown by now.
    void showIfStill(Picture shown, Result found) {
        if (isShown(shown)) {
            show(Optional.of(found));
        } else {
            found.closeUnlessIn(Optional.empty());
        }
    }

    /// Tells what lies at an image pixel.
    void hover(int x, int y) {
        hover.set(picture.get().filter(p -> contains(p.size(), x, y)).map(_ -> look(x, y)));
    }

    void hoverNothing() {
        hover.set(Optional.empty());
    }

    private Hover look(int x, int y) {
        return result.get()
                .map(r -> {
                    double confidence = r.pyramid().confidenceAt(x, y);
                    boolean isSure =
                            !(confidence < classes.minConfidenceProperty().get());
                    int label = r.pyramid().labelAt(x, y);
                    boolean isKnown = isSure && label != LabelSource.UNKNOWN;
                    Optional<ClassRow> row = isKnown ? classes.row(label) : Optional.empty();
                    return new Hover(x, y, row, confidence);
                })
                .orElse(new Hover(x, y, Optional.empty(), Double.NaN));
    }

    private static boolean contains(Size size, int x, int y) {
        return x >= 0 && y >= 0 && x < size.width() && y < size.height();
    }
}
