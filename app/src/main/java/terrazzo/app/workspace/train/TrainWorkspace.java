package terrazzo.app.workspace.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.binding.Bindings;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.Parent;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import terrazzo.app.action.ActionSpec;
import terrazzo.app.spi.Offer;
import terrazzo.app.spi.StudioServices;
import terrazzo.app.spi.Workspace;
import terrazzo.inference.Catalogues;

/// Prepares, starts and watches trainings.
public final class TrainWorkspace implements Workspace {

    public static final String ID = "train";

    private final StudioServices services;
    private final Supplier<Catalogues> catalogues;
    private final SimpleBooleanProperty settled = new SimpleBooleanProperty();
    private @Nullable TrainViewModel viewModel;
    private @Nullable TrainActions actions;
    private @Nullable TrainView view;

    /// @param catalogues what configs may name
    public TrainWorkspace(StudioServices services, Supplier<Catalogues> catalogues) {
        this.services = services;
        this.catalogues = catalogues;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Ikon icon() {
        return Feather.ACTIVITY;
    }

    @Override
    public Parent view() {
        TrainView built = view;
        if (built == null) {
            built = new TrainView(viewModel(), actionsOf(), services);
            settled.bind(Bindings.and(viewModel().settled(), built.drawn()));
            view = built;
        }
        return built;
    }

    /// Made when it is first needed: it reads folders from then on.
    TrainViewModel viewModel() {
        TrainViewModel made = viewModel;
        if (made == null) {
            made = new TrainViewModel(services, catalogues);
            viewModel = made;
        }
        return made;
    }

    private TrainActions actionsOf() {
        TrainActions made = actions;
        if (made == null) {
            made = new TrainActions(viewModel(), services);
            actions = made;
        }
        return made;
    }

    @Override
    public List<ActionSpec> actions() {
        return actionsOf().all();
    }

    @Override
    public boolean open(List<Path> files) {
        Optional<Path> config = config(files);
        config.map(Path::toString).ifPresent(viewModel()::choose);
        return config.isPresent();
    }

    @Override
    public List<Offer> offer(List<Path> files) {
        return config(files).stream().map(_ -> new Offer("train.offer", 1)).toList();
    }

    private static Optional<Path> config(List<Path> files) {
        return files.stream().filter(f -> f.toString().endsWith(".py")).findFirst();
    }

    @Override
    public ObservableBooleanValue settled() {
        return settled;
    }

    @Override
    public void close() {
        TrainViewModel made = viewModel;
        if (made != null) {
            made.close();
        }
        TrainView built = view;
        if (built != null) {
            built.dispose();
        }
    }
}
