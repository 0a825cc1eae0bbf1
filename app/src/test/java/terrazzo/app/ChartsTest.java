package terrazzo.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleUnaryOperator;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.Slider;
import javafx.scene.control.ToggleButton;
import javafx.scene.image.Image;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;
import terrazzo.app.action.ActionSpec;
import terrazzo.app.chart.Chart;
import terrazzo.app.chart.ChartLink;
import terrazzo.app.settings.Appearance;
import terrazzo.train.figure.Axis;
import terrazzo.train.figure.Curve;
import terrazzo.train.figure.Figure;
import terrazzo.train.figure.Look;
import terrazzo.train.figure.Trace;
import terrazzo.train.logs.XAxis;

/// The workspace of charts with small logs of known values.
class ChartsTest extends StudioFixture {

    private static final int ROWS = 100;
    private static final String SESSION = "20260102_030405";

    @BeforeEach
    void goThere() {
        ui(() -> studio.show("charts"));
        rest();
    }

    @Test
    void drawsRunsOverIterationsEpochsAndTimes() throws Exception {
        openFiles(runs());
        assertEquals(
                "2 open", robot.lookup(".workspace-bar .muted").<Label>query().getText());
        Curve loss = curve("loss", 0);
        assertEquals(ROWS, loss.size());
        assertEquals(10, loss.x(0));
        assertEquals(1000, loss.x(ROWS - 1));
        over(XAxis.EPOCH);
        assertEquals(0.2, curve("loss", 0).x(0), 1e-12); // 50 iterations each
        assertEquals(20, curve("loss", 0).x(ROWS - 1), 1e-12);
        over(XAxis.RELATIVE);
        assertEquals(5, curve("loss", 0).x(0), 1e-9); // 10 iterations of half a second
        assertEquals(500, curve("loss", 0).x(ROWS - 1), 1e-9);
        assertEquals(Axis.Unit.DURATION, figure("loss").x().unit());
        over(XAxis.WALL);
        double start = LocalDateTime.of(2026, 1, 2, 3, 4, 5)
                .atZone(ZoneId.systemDefault())
                .toEpochSecond();
        assertEquals(start + 5, curve("loss", 0).x(0), 1e-3);
        assertEquals(Axis.Unit.DATE, figure("loss").x().unit());
    }

    @Test
    void paintsEachRunInItsColourWhereItsValuesAre() throws Exception {
        openFiles(runs());
        smooth(0);
        assertPainted("loss", 500, 2, Look.curve(0));
        assertPainted("loss", 500, 1, Look.curve(1));
        robot.clickOn(robot.lookup(".row-toggle").<ToggleButton>query());
        settle();
        assertEquals(1, figure("loss").traces().size());
        assertEquals(Look.curve(1), curve("loss", 0).rgb());
    }

    @Test
    void logarithmicAxesSpreadValuesByTheirLogarithm() throws Exception {
        openFiles(run("one", "0.01", i -> Math.pow(10, -i / 50.0))); // from 1 down to a hundredth
        smooth(0);
        double linear = row("loss", 0.1);
        robot.clickOn("#charts-log-y");
        settle();
        assertEquals(Axis.Scale.LOG, figure("loss").y().scale());
        // On a logarithmic axis a tenth lies halfway between one and a hundredth.
        assertEquals((row("loss", 1) + row("loss", 0.01)) / 2, row("loss", 0.1), 1e-6);
        assertNotEquals(linear, row("loss", 0.1), 20);
        assertPainted("loss", 500, 0.1, Look.curve(0));
        robot.clickOn("#charts-log-x");
        settle();
        assertEquals(Axis.Scale.LOG, figure("loss").x().scale());
        assertEquals(0.5, figure("loss").x().position(100), 0.01); // between 10 and 1000
    }

    @Test
    void smoothsAndKeepsAPaleGhostOfWhatWasLogged() throws Exception {
        openFiles(run("one", "0.01", i -> i % 2 == 0 ? 1 : 3));
        smooth(0.6);
        Trace trace = figure("loss").traces().getFirst();
        assertEquals(3, trace.raw().orElseThrow().y(0)); // row 1 is odd
        assertEquals(3, trace.curve().y(0), 1e-12);
        // (0.6 · 0.4 · 3 + 0.4 · 1) / (1 - 0.6²)
        assertEquals((0.6 * 0.4 * 3 + 0.4 * 1) / (1 - 0.36), trace.curve().y(1), 1e-12);
        assertTrue(Math.abs(trace.curve().y(ROWS - 1) - 2) < 0.6, "it settles around the middle");
        // The ghost reaches values that the smooth line does not, in the same hue but paler.
        int ghost = darkest("loss", 500, 1.1);
        assertTrue(distance(ghost, Look.curve(0)) > 60, "not the full colour: " + hex(ghost));
        assertTrue(distance(ghost, 0xffffff) > 25, "not the background: " + hex(ghost));
        smooth(0);
        assertTrue(figure("loss").traces().getFirst().raw().isEmpty());
    }

    @Test
    void clipsOutliersOnlyWhenAskedTo() throws Exception {
        openFiles(run("one", "0.01", i -> i == 40 ? 5000 : 1 + i % 10 * 0.1));
        smooth(0);
        CheckBox clip = find("#charts-clip");
        assertTrue(clip.isSelected());
        assertTrue(figure("loss").y().high() < 3, "up to " + figure("loss").y().high());
        robot.clickOn(clip);
        settle();
        assertTrue(
                figure("loss").y().high() > 5000, "up to " + figure("loss").y().high());
    }

    @Test
    void showsEachOfAFewScoresThoughOutliersAreClipped() throws Exception {
        Path run = run("one", "0.01", _ -> 1);
        Files.writeString(
                log(run),
                "{\"mIoU\": 80, \"step\": 1500}\n{\"mIoU\": 81, \"step\": 2000}\n",
                StandardOpenOption.APPEND);
        openFiles(run); // 50, 100, 80, 81
        assertTrue(this.<CheckBox>find("#charts-clip").isSelected());
        Axis y = figure("mIoU").y();
        assertTrue(y.low() < 50 && y.high() > 100, y.toString());
    }

    @Test
    void listsTheBestRunFirstAndSaysHowManyAreNotListed() throws Exception {
        for (int i = 0; i < 10; i++) {
            double loss = i == 7 ? 0.5 : i + 1;
            run("run-" + i, "0.01", _ -> loss);
        }
        openFiles(folder.resolve("work_dirs"));
        perform("charts.table");
        settle();
        List<String> cells = cells();
        assertEquals(List.of("run-7", "0.5"), cells.subList(4, 6));
        assertEquals("and 2 more", cells.getLast());
    }

    @Test
    void saysThatNothingIsDrawnWhereNoKeyIsChosen() throws Exception {
        openFiles(run("one", "0.01", _ -> 1));
        for (String key : List.of("loss", "mIoU", "lr")) {
            robot.clickOn("#key-" + key);
        }
        settle();
        assertTrue(robot.lookup("No chart is chosen").<Node>query().getParent().isVisible());
        robot.clickOn("#key-loss");
        settle();
        assertTrue(robot.lookup("No chart is chosen").tryQuery().isEmpty());
    }

    @Test
    void saysThatNothingIsDrawnWhereEachRunIsHidden() throws Exception {
        openFiles(run("one", "0.01", _ -> 1));
        robot.clickOn(robot.lookup(".row-toggle").<ToggleButton>query());
        settle();
        assertTrue(robot.lookup("No run is shown").<Node>query().getParent().isVisible());
        assertTrue(robot.lookup("#chart-loss").tryQuery().isEmpty(), "no empty axes behind it");
    }

    @Test
    void saysWhyARunHasNoPlaceAmongEpochs() throws Exception {
        Path run = run("one", "0.01", _ -> 1);
        Files.writeString(log(run), Files.readString(log(run)).replaceAll("\"epoch\": \\d+, ", ""));
        openFiles(run, run("two", "0.01", _ -> 1));
        over(XAxis.EPOCH);
        assertTrue(robot.lookup("No epochs in its log").tryQuery().isPresent());
        assertTrue(robot.lookup("1,000 iterations").tryQuery().isPresent(), "the other has them");
        over(XAxis.ITERATION);
        assertTrue(robot.lookup("No epochs in its log").tryQuery().isEmpty());
    }

    @Test
    void saysHowManyLinesOfALogAreBroken() throws Exception {
        Path run = run("one", "0.01", _ -> 1);
        String text = Files.readString(log(run));
        Files.writeString(log(run), text.replaceFirst("(?m)^.*\"iter\": 500,.*$", "{\"loss\": 0.5, \"it"));
        openFiles(run);
        assertEquals(ROWS - 1, curve("loss", 0).size());
        assertTrue(robot.lookup("1,000 iterations · 1 bad line").tryQuery().isPresent());
    }

    @Test
    void oneLogThatIsNoneDoesNotKeepOthersOut() throws Exception {
        Path wrong = Files.writeString(folder.resolve("notes.json"), "hello");
        openFiles(run("one", "0.01", _ -> 1), wrong);
        assertEquals(1, this.<ListView<?>>find("#runs").getItems().size());
        assertTrue(robot.lookup("The log can’t be read").tryQuery().isPresent());
    }

    @Test
    void keepsWhatWasReadOfALogThatIsDeletedAndStaysQuiet() throws Exception {
        Path run = run("one", "0.01", _ -> 1);
        openFiles(run);
        Files.delete(log(run));
        WaitForAsyncUtils.sleep(2500, TimeUnit.MILLISECONDS); // followed every second
        assertEquals(ROWS, curve("loss", 0).size());
        assertTrue(robot.lookup(".toast").tryQuery().isEmpty(), "nothing was asked for");
    }

    @Test
    void listsBestLastLeastAndMost() throws Exception {
        openFiles(run("one", "0.01", i -> i == 30 ? 0.25 : i == 60 ? 8 : 1));
        perform("charts.table");
        settle();
        List<String> cells = cells();
        assertEquals(List.of("best", "last", "min", "max", "one", "0.25", "1", "0.25", "8"), cells);
        assertEquals(
                "best 0.25 at iteration 300",
                robot.from(find("#chart-loss").getParent())
                        .lookup(".chart-head .number")
                        .queryLabeled()
                        .getText());
    }

    @Test
    void pointsAtTheSamePlaceInAllCharts() throws Exception {
        openFiles(runs());
        smooth(0);
        Chart loss = find("#chart-loss");
        double x =
                loss.plot().x() + figure("loss").x().position(500) * loss.plot().width();
        Point2D at =
                onUi(() -> loss.localToScreen(x, loss.plot().y() + loss.plot().height() / 2));
        robot.moveTo(at);
        rest();
        assertEquals(500, loss.link().pointerProperty().get(), 3);
        for (String key : List.of("loss", "mIoU", "lr")) {
            List<String> words = readout(key);
            assertFalse(words.isEmpty(), key);
            assertTrue(words.getFirst().matches("Iteration (49|50)\\d"), key + words);
            assertTrue(words.contains(key.equals("loss") ? "2" : key.equals("lr") ? "0.01" : "50"), key + words);
        }
        robot.moveTo(
                studio.scene().getWindow().getX() + 5,
                studio.scene().getWindow().getY() + 5);
        rest();
        assertTrue(readout("mIoU").isEmpty());
    }

    @Test
    void followsALogThatGrows() throws Exception {
        Path run = run("one", "0.01", _ -> 1);
        openFiles(run);
        Files.writeString(log(run), row(ROWS + 1, 7, "0.01"), StandardOpenOption.APPEND);
        WaitForAsyncUtils.waitFor(
                20, TimeUnit.SECONDS, () -> onUi(() -> curve("loss", 0).size() == ROWS + 1));
        assertEquals(1010, curve("loss", 0).x(ROWS));
        settle();
        smooth(0);
        assertEquals(7, curve("loss", 0).y(ROWS));
        perform("charts.live");
        Files.writeString(log(run), row(ROWS + 2, 7, "0.01"), StandardOpenOption.APPEND);
        WaitForAsyncUtils.sleep(2500, TimeUnit.MILLISECONDS);
        assertEquals(ROWS + 1, curve("loss", 0).size(), "not followed any more");
    }

    @Test
    void coloursRunsByWhatTheirConfigsDifferIn() throws Exception {
        run("a", "0.01", _ -> 1);
        run("b", "0.1", _ -> 2);
        run("c", "0.01", _ -> 3);
        openFiles(folder.resolve("work_dirs"));
        ComboBox<String> group = find("#charts-group");
        assertEquals(List.of("", "optim_wrapper.optimizer.lr"), group.getItems());
        ui(() -> group.setValue("optim_wrapper.optimizer.lr"));
        settle();
        assertEquals(
                List.of(Look.curve(0), Look.curve(1), Look.curve(0)),
                figure("loss").traces().stream().map(t -> t.curve().rgb()).toList());
        assertTrue(robot.lookup("optim_wrapper.optimizer.lr = 0.1").tryQuery().isPresent());
    }

    @Test
    void speaksTheOtherLanguageAtOnce() throws Exception {
        openFiles(runs());
        assertTrue(robot.lookup("1,000 iterations").tryQuery().isPresent());
        ui(() -> studio.appearanceProperty()
                .set(studio.appearanceProperty().get().withLanguage("zh")));
        settle();
        assertTrue(robot.lookup("1,000 次迭代").tryQuery().isPresent());
        assertTrue(robot.lookup("#charts-group").lookup("训练").tryQuery().isPresent());
    }

    @Test
    void exportsWhatIsSeenInTheColoursOnScreen() throws Exception {
        openFiles(runs());
        smooth(0);
        Path png = folder.resolve("out.png");
        dialogs.target = Optional.of(png);
        press(KeyCode.CONTROL, KeyCode.E);
        BufferedImage light = ImageIO.read(written(png).toFile());
        assertEquals(2160, light.getWidth());
        assertEquals(920 * 3, light.getHeight(), "loss, mIoU and lr");
        assertEquals(0xffffff, light.getRGB(3, 3) & 0xffffff);
        assertTrue(has(light, Look.curve(0)) && has(light, Look.curve(1)), "both runs");

        Path svg = folder.resolve("out.svg");
        dialogs.target = Optional.of(svg);
        perform("charts.exportSvg");
        String text = Files.readString(written(svg));
        assertTrue(text.startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1080\" height=\"1380\""), text);
        assertTrue(text.contains(">one<") && text.contains(">two<") && text.contains(">mIoU<"), "legend and axes");
        assertTrue(text.contains(String.format("#%06x", Look.curve(1))), "colours");
        assertEquals(text.indexOf(">one<"), text.lastIndexOf(">one<"), "one legend for charts of the same runs");

        Path csv = folder.resolve("out.csv");
        dialogs.target = Optional.of(csv);
        perform("charts.exportCsv");
        List<String> lines = Files.readAllLines(written(csv));
        assertEquals("run,iter,epoch,seconds,time,lr,loss,time,mIoU", lines.getFirst());
        assertEquals(1 + 2 * (ROWS + 2), lines.size());
        assertTrue(lines.get(1).startsWith("one,10,0.2,5,"), lines.get(1));
        assertTrue(lines.get(1).endsWith(",0.01,2,0.5,"), lines.get(1));
    }

    @Test
    void exportsOnDarkOrOnWhiteWhenTheThemeIsDark() throws Exception {
        openFiles(runs());
        ui(() -> studio.appearanceProperty()
                .set(studio.appearanceProperty().get().withTheme(Appearance.DARK)));
        settle();
        Path png = folder.resolve("dark.png");
        dialogs.target = Optional.of(png);
        perform("charts.exportPng");
        assertEquals(0x0d1117, ImageIO.read(written(png).toFile()).getRGB(3, 3) & 0xffffff);
        perform("charts.paper");
        Path white = folder.resolve("white.png");
        dialogs.target = Optional.of(white);
        perform("charts.exportPng");
        assertEquals(0xffffff, ImageIO.read(written(white).toFile()).getRGB(3, 3) & 0xffffff);
    }

    @Test
    void opensAFolderThatIsDropped() throws Exception {
        Path runs = runs();
        DropTest.drop(studio.scene().getRoot(), runs);
        settle();
        assertEquals("charts", studio.currentWorkspace().id());
        assertEquals(2, this.<ListView<?>>find("#runs").getItems().size());
    }

    @Test
    void saysThatADroppedFolderHasNoLogsAndOpensTheOthers() throws Exception {
        Path empty = Files.createDirectories(folder.resolve("holiday"));
        DropTest.drop(studio.scene().getRoot(), empty, run("one", "0.01", _ -> 1));
        settle();
        assertTrue(robot.lookup("No training logs in “holiday”").tryQuery().isPresent());
        assertEquals(1, this.<ListView<?>>find("#runs").getItems().size());
    }

    @Test
    void opensAgainAfterARestartWhatWasOpen() throws Exception {
        openFiles(runs());
        robot.clickOn("#key-lr");
        robot.clickOn(robot.lookup(".row-toggle").<ToggleButton>query());
        over(XAxis.EPOCH);
        Chart loss = find("#chart-loss");
        ui(() -> loss.link().rangeProperty().set(Optional.of(new ChartLink.Range(4, 12))));
        settle();
        restart();
        assertTrue(robot.lookup("Go on where you stopped?").tryQuery().isPresent());
        robot.clickOn("Restore last session");
        rest();
        settle();
        assertEquals("charts", studio.currentWorkspace().id());
        assertEquals(2, this.<ListView<?>>find("#runs").getItems().size());
        assertTrue(robot.lookup("#chart-lr").tryQuery().isEmpty(), "its chart was closed");
        assertEquals(1, figure("loss").traces().size(), "one run is hidden");
        assertArrayEquals(
                new double[] {4, 12},
                new double[] {figure("loss").x().low(), figure("loss").x().high()});
    }

    @Test
    void tellsOfRunsThatAreGoneAfterARestart() throws Exception {
        openFiles(run("one", "0.01", _ -> 1), run("two", "0.1", _ -> 2));
        restart();
        Files.delete(log(folder.resolve("work_dirs/one")));
        deleteEmpty(folder.resolve("work_dirs/one"));
        robot.clickOn("Restore last session");
        rest();
        settle();
        assertTrue(robot.lookup("Files that are no longer there: 1").tryQuery().isPresent());
        assertEquals(1, this.<ListView<?>>find("#runs").getItems().size());
    }

    // What the tests are made of

    /// Two runs: losses 2 and 1.
    private Path runs() throws IOException {
        run("one", "0.01", _ -> 2);
        run("two", "0.01", _ -> 1);
        return folder.resolve("work_dirs");
    }

    /// A run that logs a row each ten iterations, and scores of 50 at iteration 500 and 100 at 1000.
    private Path run(String name, String rate, DoubleUnaryOperator loss) throws IOException {
        Path run = folder.resolve("work_dirs").resolve(name);
        Files.createDirectories(log(run).getParent());
        Files.writeString(
                run.resolve("config.py"),
                "optim_wrapper = dict(type='OptimWrapper', optimizer=dict(type='SGD', lr=" + rate + "))\n");
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= ROWS; i++) {
            text.append(row(i, loss.applyAsDouble(i), rate));
            text.append(i % 50 == 0 ? "{\"mIoU\": " + i + ", \"step\": " + 10 * i + "}\n" : "");
        }
        Files.writeString(log(run), text);
        return run;
    }

    private static String row(int i, double loss, String rate) {
        return String.format(
                Locale.ROOT,
                "{\"lr\": %s, \"loss\": %s, \"time\": 0.5, \"epoch\": %d, \"iter\": %d, \"step\": %d}\n",
                rate,
                loss,
                (10 * i + 49) / 50,
                10 * i,
                10 * i);
    }

    private static Path log(Path run) {
        return run.resolve(SESSION).resolve("vis_data").resolve("scalars.json");
    }

    private static void deleteEmpty(Path run) throws IOException {
        for (String below : List.of(SESSION + "/vis_data", SESSION, "config.py", "")) {
            Files.delete(run.resolve(below));
        }
    }

    private static Path written(Path file) throws Exception {
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> Files.exists(file));
        rest();
        return file;
    }

    private void over(XAxis axis) throws Exception {
        ComboBox<XAxis> box = find("#charts-x");
        ui(() -> box.setValue(axis));
        settle();
    }

    private void smooth(double weight) throws Exception {
        Slider slider = find("#smoothing");
        ui(() -> slider.setValue(weight));
        settle();
    }

    private void perform(String id) throws Exception {
        ActionSpec action = onUi(() -> studio.currentWorkspace().actions().stream()
                .filter(a -> a.id().equals(id))
                .findFirst()
                .orElseThrow());
        ui(action::perform);
        rest();
    }

    private Figure figure(String key) {
        return onUi(() -> this.<Chart>find("#chart-" + key).figure());
    }

    private Curve curve(String key, int run) {
        return figure(key).traces().get(run).curve();
    }

    /// The texts of a chart's readout while it is shown.
    private List<String> readout(String key) {
        Node chart = find("#chart-" + key);
        return onUi(() -> chart.lookup(".chart-readout").isVisible()
                ? chart.lookupAll(".chart-readout .label").stream()
                        .map(Label.class::cast)
                        .filter(label -> label.getParent().isVisible())
                        .map(Label::getText)
                        .toList()
                : List.of());
    }

    /// Where a value lies, px from the top of the chart.
    private double row(String key, double value) {
        Chart chart = find("#chart-" + key);
        return chart.plot().bottom()
                - figure(key).y().position(value) * chart.plot().height();
    }

    private void assertPainted(String key, double x, double y, int rgb) {
        Chart chart = find("#chart-" + key);
        Image picture = picture(chart);
        int column = (int)
                (chart.plot().x() + figure(key).x().position(x) * chart.plot().width());
        int row = (int) row(key, y);
        int nearest = Integer.MAX_VALUE;
        for (int dy = -2; dy <= 2; dy++) {
            int found = picture.getPixelReader().getArgb(column, row + dy) & 0xffffff;
            nearest = Math.min(nearest, distance(found, rgb));
        }
        // A line of 1.5 px covers at least three quarters of some pixel.
        assertTrue(nearest <= 0xff / 4, key + " at " + x + ", " + y + ": off by " + nearest);
    }

    /// The pixel around a place that differs most from white.
    private int darkest(String key, double x, double y) {
        Chart chart = find("#chart-" + key);
        Image picture = picture(chart);
        int column = (int)
                (chart.plot().x() + figure(key).x().position(x) * chart.plot().width());
        int row = (int) row(key, y);
        int darkest = 0xffffff;
        for (int dx = -6; dx <= 6; dx++) {
            int found = picture.getPixelReader().getArgb(column + dx, row) & 0xffffff;
            darkest = distance(found, 0xffffff) > distance(darkest, 0xffffff) ? found : darkest;
        }
        return darkest;
    }

    private static WritableImage picture(Chart chart) {
        return onUi(() -> chart.snapshot(null, null));
    }

    private static boolean has(BufferedImage image, int rgb) {
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                if ((image.getRGB(x, y) & 0xffffff) == rgb) {
                    return true;
                }
            }
        }
        return false;
    }

    private static int distance(int a, int b) {
        int far = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            far = Math.max(far, Math.abs((a >> shift & 0xff) - (b >> shift & 0xff)));
        }
        return far;
    }

    private static String hex(int rgb) {
        return String.format("#%06x", rgb);
    }

    /// Of the table below the losses, row by row.
    private List<String> cells() {
        return robot
                .from(find("#chart-loss").getParent())
                .lookup(".chart-table .label")
                .queryAllAs(Label.class)
                .stream()
                .map(Label::getText)
                .toList();
    }
}
