package terrazzo.app.workspace.charts;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import terrazzo.app.chart.ChartLink;
import terrazzo.app.session.SessionReader;
import terrazzo.app.spi.StudioServices;

/// Tells the session journal which runs are open, and opens them again.
final class ChartsJournal {

    private final ChartsViewModel viewModel;
    private final ChartLink link;
    private final SessionReader reader;

    ChartsJournal(ChartsViewModel viewModel, ChartLink link, StudioServices services) {
        this.viewModel = viewModel;
        this.link = link;
        this.reader = new SessionReader(services);
    }

    /// What is open; empty when no run is.
    Optional<Record> session() {
        if (viewModel.runs().isEmpty()) {
            return Optional.empty();
        }
        List<Double> range =
                link.rangeProperty().get().map(r -> List.of(r.low(), r.high())).orElse(List.of());
        return Optional.of(new ChartsSession(
                viewModel.runs().stream().map(RunRow::place).toList(),
                viewModel.runs().stream()
                        .filter(run -> !run.visibleProperty().get())
                        .map(RunRow::place)
                        .toList(),
                viewModel.keys().stream()
                        .filter(key -> key.shown().get())
                        .map(KeyRow::key)
                        .toList(),
                viewModel.groupProperty().get(),
                range));
    }

    /// Opens what another run told of. Runs that are gone are left out, and told.
    void resume(JsonNode saved) {
        reader.read(saved, ChartsSession.class).ifPresent(session -> {
            List<Path> there =
                    reader.existing(session.runs().stream().map(Path::of).toList());
            if (!there.isEmpty()) {
                viewModel.open(there, () -> look(session));
            }
        });
    }

    private void look(ChartsSession session) {
        viewModel.show(session.keys(), session.hidden());
        if (viewModel.differences().contains(session.group())) {
            viewModel.groupProperty().set(session.group());
        }
        if (session.range().size() == 2
                && session.range().getFirst() < session.range().getLast()) {
            link.rangeProperty()
                    .set(Optional.of(new ChartLink.Range(
                            session.range().getFirst(), session.range().getLast())));
        }
    }
}
