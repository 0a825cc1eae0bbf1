package terrazzo.app.workspace.charts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import terrazzo.app.chart.ChartLink;
import terrazzo.app.notice.Notice;
import terrazzo.app.spi.StudioServices;

/// Tells the session journal which runs are open, and opens them again.
final class ChartsJournal {

    private static final Logger log = LoggerFactory.getLogger(ChartsJournal.class);

    private final ChartsViewModel viewModel;
    private final ChartLink link;
    private final StudioServices services;
    private final ObjectMapper json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    ChartsJournal(ChartsViewModel viewModel, ChartLink link, StudioServices services) {
        this.viewModel = viewModel;
        this.link = link;
        this.services = services;
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
        ChartsSession session;
        try {
            session = json.treeToValue(saved, ChartsSession.class);
        } catch (JsonProcessingException | NullPointerException e) { // a list is missing
            log.warn("can't resume: {}", e.getMessage());
            return;
        }
        List<Path> all = session.runs().stream().map(Path::of).toList();
        List<Path> there = all.stream().filter(Files::exists).toList();
        if (there.size() < all.size()) {
            Path gone = all.stream().filter(f -> !Files.exists(f)).findFirst().orElseThrow();
            services.notices()
                    .show(Notice.info(
                            services.texts().get("session.gone", all.size() - there.size()), gone.toString()));
        }
        if (!there.isEmpty()) {
            viewModel.open(there, () -> look(session));
        }
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
