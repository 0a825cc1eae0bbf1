package terrazzo.app.workspace.inference;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.Parent;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import terrazzo.app.action.ActionSpec;
import terrazzo.app.canvas.Viewport;
import terrazzo.app.edit.UndoStack;
import terrazzo.app.plugin.Additions.NamedTool;
import terrazzo.app.segment.SegmentationService;
import terrazzo.app.spi.Offer;
import terrazzo.app.spi.StudioServices;
import terrazzo.app.spi.Workspace;
import terrazzo.inference.exporters.Exporters;

/// Runs a model on images, folders, videos and cameras.
public final class InferenceWorkspace implements Workspace {

    public static final String ID = "inference";

    private final StudioServices services;
    private final Viewport viewport = new Viewport();
    private final InferenceViewModel viewModel;
    private final ToolChoice tools;
    private final InferenceJournal journal;
    private final InferenceActions actions;
    private @Nullable InferenceView view;
    private @Nullable HoverStatus status;

    /// @param tools that plugins brought
    /// @param exporters formats that results can be written in
    public InferenceWorkspace(
            StudioServices services, SegmentationService segmentation, List<NamedTool> tools, Exporters exporters) {
        this.services = services;
        this.tools = new ToolChoice(tools);
        this.viewModel = new InferenceViewModel(services, segmentation);
        this.journal = new InferenceJournal(viewModel, viewport, services);
        this.actions = new InferenceActions(viewModel, viewport, services, exporters);
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Ikon icon() {
        return Feather.IMAGE;
    }

    @Override
    public Parent view() {
        InferenceView built = view;
        if (built == null) {
            built = new InferenceView(viewModel, actions, viewport, services);
            built.use(tools);
            view = built;
        }
        return built;
    }

    @Override
    public List<ActionSpec> actions() {
        return Stream.concat(actions.all().stream(), tools.actions().stream()).toList();
    }

    @Override
    public Node status() {
        HoverStatus built = status;
        if (built == null) {
            built = new HoverStatus(viewModel, viewport, services.texts());
            status = built;
        }
        return built;
    }

    @Override
    public boolean open(List<Path> files) {
        return viewModel.open(files);
    }

    @Override
    public List<Offer> offer(List<Path> files) {
        return DroppedFiles.of(files).offers();
    }

    @Override
    public ObservableValue<UndoStack> undo() {
        return new SimpleObjectProperty<>(viewModel.classes().undo());
    }

    @Override
    public Optional<Record> session() {
        return journal.session();
    }

    @Override
    public void resume(JsonNode session) {
        journal.resume(session);
    }

    @Override
    public ObservableBooleanValue settled() {
        return viewModel.settled();
    }

    @Override
    public void close() {
        viewModel.close();
        InferenceView built = view;
        if (built != null) {
            built.dispose();
        }
    }

    /// For the tests.
    InferenceViewModel viewModel() {
        return viewModel;
    }
}
