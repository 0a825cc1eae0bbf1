package terrazzo.inference.zoo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// A server of one file that does what a test tells it to. It knows ranges and versions, as real ones do.
final class ModelServer implements AutoCloseable {

    /// Answers one request instead of the usual answer.
    @FunctionalInterface
    interface Trick {
        void play(HttpExchange exchange, byte[] content) throws IOException;
    }

    private final HttpServer server;
    private final Deque<Trick> tricks = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private byte[] content;
    private @Nullable String version = "\"1\"";

    ModelServer(byte[] content) throws IOException {
        this.content = content.clone();
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(
                Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory()));
        server.createContext("/", this::answer);
        server.start();
    }

    URI address(String path) {
        return URI.create("http://localhost:" + server.getAddress().getPort() + path);
    }

    /// Plays `trick` for the next request that has none yet.
    synchronized ModelServer next(Trick trick) {
        tricks.add(trick);
        return this;
    }

    synchronized void replace(byte[] other, @Nullable String otherVersion) {
        content = other.clone();
        version = otherVersion;
    }

    /// The range that each request asked for, `all` for the whole file.
    synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] file;
        Trick trick;
        synchronized (this) {
            requests.add(Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range"))
                    .orElse("all"));
            file = content;
            trick = tricks.isEmpty() ? this::usual : tricks.remove();
        }
        try (exchange) {
            trick.play(exchange, file);
        }
    }

    private void usual(HttpExchange exchange, byte[] file) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        String condition = exchange.getRequestHeaders().getFirst("If-Range");
        if (version != null) {
            exchange.getResponseHeaders().set("ETag", version);
        }
        if (range == null || (condition != null && !condition.equals(version))) {
            exchange.sendResponseHeaders(200, file.length);
            exchange.getResponseBody().write(file);
            return;
        }
        int from = Integer.parseInt(range.replaceAll("[^0-9]", ""));
        if (from >= file.length) {
            exchange.getResponseHeaders().set("Content-Range", "bytes */" + file.length);
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        exchange.getResponseHeaders()
                .set("Content-Range", "bytes " + from + "-" + (file.length - 1) + "/" + file.length);
        exchange.sendResponseHeaders(206, file.length - from);
        exchange.getResponseBody().write(Arrays.copyOfRange(file, from, file.length));
    }

    /// Sends so many bytes of the whole file and hangs up.
    static Trick hangUpAfter(int bytes) {
        return (exchange, file) -> {
            exchange.getResponseHeaders().set("ETag", "\"1\"");
            exchange.sendResponseHeaders(200, file.length);
            exchange.getResponseBody().write(file, 0, bytes);
            exchange.getResponseBody().flush();
        };
    }

    /// Sends so many bytes and nothing more for a long time.
    static Trick fallSilentAfter(int bytes) {
        return (exchange, file) -> {
            exchange.getResponseHeaders().set("ETag", "\"1\"");
            exchange.sendResponseHeaders(200, file.length);
            exchange.getResponseBody().write(file, 0, bytes);
            exchange.getResponseBody().flush();
            try {
                Thread.sleep(20_000);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        };
    }

    static Trick status(int code) {
        return (exchange, _) -> exchange.sendResponseHeaders(code, -1);
    }

    static Trick redirect(String to) {
        return (exchange, _) -> {
            exchange.getResponseHeaders().set("Location", to);
            exchange.sendResponseHeaders(302, -1);
        };
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
