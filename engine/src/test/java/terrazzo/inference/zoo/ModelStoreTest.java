package terrazzo.inference.zoo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import terrazzo.core.Cancellation;
import terrazzo.core.Progress;
import terrazzo.core.Sha256;
import terrazzo.core.Size;
import terrazzo.core.error.CheckpointException;

@Timeout(60)
final class ModelStoreTest {

    private static final int SIZE = 300_000;
    private static final int HALF = 150_000;

    @TempDir
    private Path folder;

    private final byte[] content = new byte[SIZE];
    private ModelServer server;

    @BeforeEach
    void serve() throws IOException {
        new Random(1).nextBytes(content);
        server = new ModelServer(content);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ZooModel model() {
        return modelAt(server.address("/v0.5/fcn/fcn_tiny-" + Sha256.of(content).substring(0, 8) + ".pth"));
    }

    private static ZooModel modelAt(URI weights) {
        return new ZooModel(
                "fcn/fcn_tiny",
                "Cityscapes",
                "R-18",
                new Size(512, 1024),
                40_000,
                new ZooModel.Scores(OptionalDouble.of(70), OptionalDouble.empty(), OptionalDouble.empty()),
                new ZooModel.Cost(OptionalDouble.empty(), OptionalDouble.empty()),
                weights);
    }

    private ModelStore store(Optional<URI> mirror) {
        Duration soon = Duration.ofMillis(20);
        return new ModelStore(
                folder,
                mirror,
                ProxySelector.getDefault(),
                new Download.Patience(Duration.ofSeconds(10), Duration.ofSeconds(4), List.of(soon, soon)));
    }

    private Path download(ZooModel model) throws IOException {
        return store(Optional.empty()).download(model, Progress.NONE, new Cancellation());
    }

    private String failure(ZooModel model) {
        return String.valueOf(
                assertThrows(CheckpointException.class, () -> download(model)).getMessage());
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    private void assertDownloaded(ZooModel model) throws IOException {
        Path file = download(model);
        assertEquals(folder.resolve(model.fileName()), file);
        assertArrayEquals(content, Files.readAllBytes(file));
        assertEquals(List.of(model.fileName()), files());
    }

    @Test
    void downloadsOnceAndSaysHowFarItIs() throws IOException {
        List<Long> done = new ArrayList<>();

        Path file = store(Optional.empty()).download(model(), (d, total, _) -> done.add(d), new Cancellation());

        assertArrayEquals(content, Files.readAllBytes(file));
        assertEquals((long) SIZE, done.getLast());
        assertEquals(file, download(model()));
        assertEquals(List.of("all"), server.requests());
    }

    @Test
    void goesOnWhereTheConnectionBroke() throws IOException {
        server.next(ModelServer.hangUpAfter(HALF));

        assertDownloaded(model());

        assertEquals(List.of("all", "bytes=" + HALF + "-"), server.requests());
    }

    @Test
    void goesOnWhereAnEarlierRunStopped() throws IOException {
        Files.write(folder.resolve(model().fileName() + ".part"), Arrays.copyOf(content, HALF));
        Files.writeString(folder.resolve(model().fileName() + ".part.tag"), "\"1\"");

        assertDownloaded(model());

        assertEquals(List.of("bytes=" + HALF + "-"), server.requests());
    }

    @Test
    void beginsAgainWhenTheFileOnTheServerChanged() throws IOException {
        Files.write(folder.resolve(model().fileName() + ".part"), new byte[HALF]);
        Files.writeString(folder.resolve(model().fileName() + ".part.tag"), "\"0\"");

        assertDownloaded(model());
    }

    @Test
    void beginsAgainWhenMoreIsHereThanThereIs() throws IOException {
        Files.write(folder.resolve(model().fileName() + ".part"), new byte[2 * SIZE]);

        assertDownloaded(model());

        assertEquals(List.of("bytes=" + 2 * SIZE + "-", "all"), server.requests());
    }

    @Test
    void takesWhatIsCompleteAlready() throws IOException {
        Files.write(folder.resolve(model().fileName() + ".part"), content);

        assertDownloaded(model());

        assertEquals(List.of("bytes=" + SIZE + "-"), server.requests());
    }

    @Test
    void triesAgainWhenTheServerIsBusyOrSilent() throws IOException {
        server.next(ModelServer.status(503)).next(ModelServer.fallSilentAfter(HALF));

        assertDownloaded(model());

        assertEquals(List.of("all", "all", "bytes=" + HALF + "-"), server.requests());
    }

    @Test
    void givesUpWhenNothingComesAgainAndAgain() throws IOException {
        server.next(ModelServer.status(503)).next(ModelServer.status(503)).next(ModelServer.status(503));
        ZooModel model = model();

        assertEquals(
                model.weights() + ": expected a download, got HTTP 503 — without a network, get this file on another"
                        + " machine, then: terrazzo model add fcn_tiny FILE",
                failure(model));
        assertEquals(List.of(), files());
    }

    @Test
    void followsRedirects() throws IOException {
        server.next(ModelServer.redirect(server.address("/elsewhere").toString()));

        assertDownloaded(model());
    }

    @Test
    void saysThatTheServerHasNoSuchFile() throws IOException {
        server.next(ModelServer.status(404));
        ZooModel model = model();

        assertEquals(
                model.weights() + ": expected a checkpoint, got HTTP 404 — if you have the file from elsewhere:"
                        + " terrazzo model add fcn_tiny FILE",
                failure(model));
        assertEquals(List.of("all"), server.requests());
        assertEquals(List.of(), files());
    }

    @Test
    void saysWhatToDoWithoutANetwork() {
        URI nowhere = URI.create("http://localhost:1/fcn_tiny-00000000.pth");

        assertEquals(
                nowhere + ": expected a download, got no connection — without a network, get this file on another"
                        + " machine, then: terrazzo model add fcn_tiny FILE",
                failure(modelAt(nowhere)));
    }

    @Test
    void throwsAwayWhatHasAnotherHash() throws IOException {
        URI weights = server.address("/fcn_tiny-00c0ffee.pth");

        assertEquals(
                weights + ": expected SHA-256 00c0ffee…, as in fcn_tiny-00c0ffee.pth, got "
                        + Sha256.of(content).substring(0, 8)
                        + "… — it was damaged on the way or replaced; what came was thrown away, try again",
                failure(modelAt(weights)));
        assertEquals(List.of(), files());
    }

    @Test
    void keepsWhatCameWhenItIsStopped() throws IOException {
        server.next(ModelServer.fallSilentAfter(HALF));
        Cancellation cancellation = new Cancellation();

        assertThrows(
                CancellationException.class,
                () -> store(Optional.empty())
                        .download(
                                model(),
                                (done, _, _) -> {
                                    if (done == HALF) {
                                        cancellation.request();
                                    }
                                },
                                cancellation));

        assertEquals(HALF, Files.size(folder.resolve(model().fileName() + ".part")));
        assertDownloaded(model());
    }

    @Test
    void letsOneDownloadOfAFileRunAtATime() throws IOException {
        server.next(ModelServer.fallSilentAfter(HALF));
        List<String> second = new ArrayList<>();
        ModelStore store = store(Optional.empty());

        store.download(
                model(),
                (done, _, _) -> {
                    if (second.isEmpty()) {
                        second.add(String.valueOf(assertThrows(
                                        FileSystemException.class,
                                        () -> store.download(model(), Progress.NONE, new Cancellation()))
                                .getReason()));
                    }
                },
                new Cancellation());

        assertEquals(List.of("is being downloaded already"), second);
    }

    @Test
    void takesAMirrorInsteadOfThePublisher() throws IOException {
        ZooModel published = modelAt(URI.create("https://download.example.org/v0.5/" + model().fileName()));

        Path file =
                store(Optional.of(server.address("/mirror/"))).download(published, Progress.NONE, new Cancellation());

        assertArrayEquals(content, Files.readAllBytes(file));
        assertEquals(
                server.address("/mirror/v0.5/" + model().fileName()),
                store(Optional.of(server.address("/mirror/"))).source(published));
    }

    @Test
    void addsAFileThatTheUserHas() throws IOException {
        Path mine = folder.resolve("mine.pth");
        Files.write(mine, content);

        Path added = store(Optional.empty()).add(model(), mine);

        assertEquals(folder.resolve(model().fileName()), added);
        assertArrayEquals(content, Files.readAllBytes(added));
        assertEquals(List.of(), server.requests());
    }

    @Test
    void refusesToAddAnotherFile() throws IOException {
        Path mine = folder.resolve("mine.pth");
        Files.writeString(mine, "something else");
        ZooModel model = model();

        assertEquals(
                mine + ": expected SHA-256 " + model.hash() + "…, as in " + model.fileName() + ", got "
                        + Sha256.of(mine).substring(0, 8)
                        + "… — it is another file, or damaged; the right one is " + model.weights(),
                assertThrows(
                                CheckpointException.class,
                                () -> store(Optional.empty()).add(model, mine))
                        .getMessage());
        assertEquals(List.of("mine.pth"), files());
    }
}
