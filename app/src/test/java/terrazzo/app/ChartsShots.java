package terrazzo.app;

import static terrazzo.app.ShotCamera.ui;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.ComboBox;
import terrazzo.app.chart.Chart;
import terrazzo.app.chart.ChartLink;

/// Curves of one, some and many runs.
final class ChartsShots extends Shots {

    ChartsShots(Path home, Studio studio, ShotCamera camera) {
        super(home, studio, camera);
    }

    void charts(String runs) throws Exception {
        ui(() -> studio.show("charts"));
        camera.shoot("charts-empty");
        madeRuns();
        if (runs.equals("-")) {
            return;
        }
        List<Path> all = list(Path.of(runs));
        open(all);
        camera.shoot("charts-runs");
        step("#smoothing=0.95");
        camera.shoot("charts-smoothing");
        step("#smoothing=0");
        step("#charts-log-x");
        step("#charts-log-y");
        camera.shoot("charts-log-axes");
        step("#charts-log-x");
        step("#charts-log-y");
        camera.shoot("charts-hover", doing(".chart@0.5:0.4"), this::leaveCharts);
        step("charts.table");
        ui(() -> ((ComboBox<?>) find("#charts-x")).getSelectionModel().selectLast());
        ui(() -> ((ComboBox<?>) find("#charts-group")).getSelectionModel().selectLast());
        camera.shoot("charts-table-grouped");
        step("charts.table");
    }

    private void madeRuns() throws Exception {
        List<Path> made = MadeRuns.in(home.resolve("made"), 16);
        open(made.subList(0, 1));
        camera.shoot("charts-single");
        step("#charts-clip");
        camera.shoot("charts-unclipped");
        step("#charts-clip");
        step("charts.clear");
        open(List.of(MadeRuns.broken(home.resolve("made/broken"))));
        camera.shoot("charts-broken");
        step("#key-loss");
        step("#key-mIoU");
        step("#key-lr");
        camera.shoot("charts-bare");
        step("#key-loss");
        step(".row-toggle");
        camera.shoot("charts-all-hidden");
        step("charts.clear");
        open(made);
        camera.shoot("charts-many");
        camera.shoot("charts-many-hover", doing(".chart@0.5:0.4"), this::leaveCharts);
        step("charts.table");
        camera.shoot("charts-many-table");
        step("charts.table");
        step("#charts-group=1");
        ui(() -> link().rangeProperty().set(Optional.of(new ChartLink.Range(900, 2100))));
        camera.shoot("charts-zoomed");
        step("charts.fit");
        step("charts.clear");
    }

    private ChartLink link() {
        return ((Chart) find(".chart")).link();
    }

    private void leaveCharts() {
        link().pointerProperty().set(Double.NaN);
    }
}
