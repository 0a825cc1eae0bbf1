package terrazzo.app.workspace.charts;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.Parent;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import terrazzo.app.action.ActionSpec;
import terrazzo.app.chart.ChartLink;
import terrazzo.app.spi.Offer;
import terrazzo.app.spi.StudioServices;
import terrazzo.app.spi.Workspace;
import terrazzo.train.figure.Look;

/// Draws what runs have logged, and follows those that go on.
public final class ChartsWorkspace implements Workspace {

    public static final String ID = "charts";

    private static final Duration LOOK_AGAIN = Duration.seconds(1);

    private final StudioServices services;
    private final ChartLink link = new ChartLink();
    private final ChartsViewModel viewModel;
    private final ChartsActions actions;
    private final ChartsJournal journal;
    private final Timeline follow;
    private final BooleanBinding settled;
    private @Nullable ChartsView view;

    public ChartsWorkspace(StudioServices services) {
        this.services = services;
        this.viewModel = new ChartsViewModel(services);
        this.settled = viewModel.settled().and(link.drawn());
        this.actions = new ChartsActions(viewModel, link, this::look, services);
        this.journal = new ChartsJournal(viewModel, link, services);
        this.follow = new Timeline(new KeyFrame(LOOK_AGAIN, _ -> viewModel.follow()));
        follow.setCycleCount(Animation.INDEFINITE);
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Ikon icon() {
        return Feather.TRENDING_UP;
    }

    @Override
    public Parent view() {
        ChartsView built = view;
        if (built == null) {
            built = new ChartsView(viewModel, actions, link, services);
            view = built;
            follow.play();
        }
        return built;
    }

    @Override
    public List<ActionSpec> actions() {
        return actions.all();
    }

    @Override
    public boolean open(List<Path> files) {
        return viewModel.open(files);
    }

    @Override
    public List<Offer> offer(List<Path> files) {
        int logs = ChartsViewModel.logs(files).size();
        return logs == 0 ? List.of() : List.of(new Offer("charts.offer", logs));
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
        return settled;
    }

    @Override
    public void close() {
        follow.stop();
        viewModel.close();
        ChartsView built = view;
        if (built != null) {
            built.dispose();
        }
    }

    private Look look() {
        return Optional.ofNullable(view).map(ChartsView::look).orElse(Look.LIGHT);
    }

    /// For the tests.
    ChartsViewModel viewModel() {
        return viewModel;
    }
}
