package terrazzo.inference.zoo;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import terrazzo.core.AtomicFile;
import terrazzo.core.Cancellation;
import terrazzo.core.Progress;
import terrazzo.core.error.HttpRefusal;

/// Fetches one file over HTTP into a partial file, and goes on where an earlier attempt, of this process or another,
/// stopped. What stops on the way is tried again; what a server refuses is not.
final class Download {

    /// How long to wait.
    ///
    /// @param connect for a connection
    /// @param silence for the next bytes
    /// @param pauses before each new attempt in a row that brought nothing
    record Patience(Duration connect, Duration silence, List<Duration> pauses) {

        static final Patience USUAL = new Patience(
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                List.of(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(9)));
    }

    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final List<Integer> PASSING = List.of(408, 425, 429, 500, 502, 503, 504);
    private static final long POLL_MILLIS = 100;

    private final HttpClient client;
    private final Patience patience;
    private final URI from;
    private final Path part;

    /// @param part collects the content; beside it, a file ending in `.tag` says which version of it
    Download(HttpClient client, Patience patience, URI from, Path part) {
        this.client = client;
        this.patience = patience;
        this.from = from;
        this.part = part;
    }

    /// Fetches the rest of the file and forces it to the disk.
    ///
    /// @param progress hears bytes
    /// @throws HttpRefusal when the server has no such file
    /// @throws FileSystemException when the disk refuses, or another process is fetching this file
    /// @throws IOException when the network fails again and again
    /// @throws java.util.concurrent.CancellationException when a stop was asked for; what came so far is kept
    void run(Progress progress, Cancellation cancellation) throws IOException {
        Files.createDirectories(part.toAbsolutePath().getParent());
        try (FileChannel file = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock(file);
            attempts(file, progress, cancellation);
            file.force(true);
        } finally {
            if (Files.exists(part) && Files.size(part) == 0) {
                discard();
            }
        }
    }

    /// Forgets what came so far.
    void discard() throws IOException {
        Files.deleteIfExists(part);
        Files.deleteIfExists(tag());
    }

    private Path tag() {
        return part.resolveSibling(part.getFileName() + ".tag");
    }

    private void lock(FileChannel file) throws IOException {
        boolean free;
        try {
            free = file.tryLock() != null;
        } catch (OverlappingFileLockException _) { // held by this process
            free = false;
        }
        if (!free) {
            throw new FileSystemException(part.toString(), null, "is being downloaded already");
        }
    }

    private void attempts(FileChannel file, Progress progress, Cancellation cancellation) throws IOException {
        boolean connected = false;
        int failures = 0;
        while (true) {
            long before = file.size();
            try {
                attempt(file, progress, cancellation);
                return;
            } catch (HttpRefusal | FileSystemException e) {
                throw e;
            } catch (IOException e) {
                boolean offline = e instanceof ConnectException || e instanceof HttpConnectTimeoutException;
                connected |= !offline;
                failures = file.size() > before ? 0 : failures + 1;
                if (failures > patience.pauses().size() || !connected) {
                    throw e;
                }
                pause(patience.pauses().get(Math.max(0, failures - 1)), cancellation);
            }
        }
    }

    private static void pause(Duration pause, Cancellation cancellation) throws IOException {
        long end = System.nanoTime() + pause.toNanos();
        try {
            while (System.nanoTime() < end) {
                cancellation.check();
                TimeUnit.MILLISECONDS.sleep(Math.min(POLL_MILLIS, pause.toMillis()));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private void attempt(FileChannel file, Progress progress, Cancellation cancellation) throws IOException {
        cancellation.check();
        Sink sink = new Sink(file);
        CompletableFuture<HttpResponse<@Nullable Void>> answer = client.sendAsync(request(file.size()), sink::begin);
        HttpResponse<@Nullable Void> response = await(answer, sink, progress, cancellation);
        switch (response.statusCode()) {
            case OK, PARTIAL -> {
                if (!sink.begun) {
                    file.truncate(0);
                    throw new IOException("the answer is not the part that was asked for");
                }
                if (sink.total >= 0 && sink.done != sink.total) {
                    throw new IOException("the connection ended after " + sink.done + " of " + sink.total + " bytes");
                }
                progress.at(sink.done, sink.done, "");
            }
            case RANGE_NOT_SATISFIABLE -> {
                String range = response.headers().firstValue("Content-Range").orElse("");
                if (!range.equals("bytes */" + file.size())) { // else all of it is here
                    file.truncate(0);
                    throw new IOException("HTTP 416");
                }
            }
            default -> throw status(response.statusCode());
        }
    }

    private static IOException status(int code) {
        return PASSING.contains(code) ? new IOException("HTTP " + code) : new HttpRefusal(code);
    }

    private HttpRequest request(long have) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(from).header("User-Agent", "terrazzo");
        if (have > 0) {
            request.header("Range", "bytes=" + have + "-");
            if (Files.exists(tag())) {
                request.header("If-Range", Files.readString(tag()));
            }
        }
        return request.build();
    }

    private HttpResponse<@Nullable Void> await(
            CompletableFuture<HttpResponse<@Nullable Void>> answer,
            Sink sink,
            Progress progress,
            Cancellation cancellation)
            throws IOException {
        try {
            while (true) {
                try {
                    HttpResponse<@Nullable Void> response = answer.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
                    sink.check();
                    return response;
                } catch (TimeoutException _) {
                    if (sink.done > 0) {
                        progress.at(sink.done, sink.total, "");
                    }
                    cancellation.check();
                    sink.check();
                    if (System.nanoTime() - sink.heardAt > patience.silence().toNanos()) {
                        throw new HttpTimeoutException(
                                "nothing came for " + patience.silence().toSeconds() + " s");
                    }
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException e) {
            throw cause(e);
        } finally {
            answer.cancel(true); // nothing after the answer
            sink.close();
        }
    }

    private static IOException cause(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof ExecutionException || cause instanceof CompletionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof IOException e ? e : new IOException(cause);
    }

    /// Writes what comes behind what is there, on a thread of the client.
    private final class Sink {

        private final FileChannel file;
        private volatile long done;
        private volatile long total = -1;
        private volatile long heardAt = System.nanoTime();
        private volatile boolean begun;
        private volatile @Nullable FileSystemException failure;
        private boolean closed;

        private Sink(FileChannel file) {
            this.file = file;
        }

        /// Decides by the answer's head what to do with its body.
        private BodySubscriber<@Nullable Void> begin(HttpResponse.ResponseInfo head) {
            heardAt = System.nanoTime();
            try {
                long length = head.headers().firstValueAsLong("Content-Length").orElse(-1);
                if (head.statusCode() == PARTIAL && startsAt(head.headers(), file.size())) {
                    begin(file.size(), length);
                } else if (head.statusCode() == OK) {
                    file.truncate(0);
                    remember(head.headers());
                    begin(0, length);
                } else {
                    return BodySubscribers.replacing(null);
                }
            } catch (IOException e) {
                failure = disk(e);
                return BodySubscribers.replacing(null);
            }
            return BodySubscribers.ofByteArrayConsumer(bytes -> bytes.ifPresent(this::write));
        }

        private void begin(long start, long length) {
            done = start;
            total = length < 0 ? -1 : start + length;
            begun = true;
        }

        private static boolean startsAt(HttpHeaders headers, long start) {
            return headers.firstValue("Content-Range").orElse("").startsWith("bytes " + start + "-");
        }

        /// What names this version of the file to the server: a strong tag, or its date.
        private void remember(HttpHeaders headers) throws IOException {
            String found = headers.firstValue("ETag")
                    .filter(t -> !t.startsWith("W/"))
                    .or(() -> headers.firstValue("Last-Modified"))
                    .orElse("");
            if (found.isEmpty()) {
                Files.deleteIfExists(tag());
            } else {
                AtomicFile.writeText(tag(), found);
            }
        }

        private synchronized void write(byte[] bytes) {
            if (closed || failure != null) {
                return;
            }
            try {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    done += file.write(buffer, done);
                }
                heardAt = System.nanoTime();
            } catch (IOException e) {
                failure = disk(e);
            }
        }

        private void check() throws FileSystemException {
            FileSystemException found = failure;
            if (found != null) {
                throw found;
            }
        }

        private FileSystemException disk(IOException e) {
            FileSystemException failure =
                    new FileSystemException(part.toString(), null, String.valueOf(e.getMessage()));
            failure.initCause(e);
            return failure;
        }

        /// What comes late is dropped.
        private synchronized void close() {
            closed = true;
        }
    }
}
