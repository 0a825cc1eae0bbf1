package terrazzo.inference.zoo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import terrazzo.core.AtomicFile;
import terrazzo.core.Cancellation;
import terrazzo.core.Progress;
import terrazzo.core.Sha256;
import terrazzo.core.UserFolder;
import terrazzo.core.error.CheckpointException;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.HttpRefusal;

/// The published checkpoints that this user has: finds them, fetches them, takes those that the user brought along.
/// Whatever is in its folder is whole and has the hash in its name.
public final class ModelStore {

    /// Names another server to fetch from, such as a mirror in a closed network: what stands before the path.
    public static final String MIRROR = "TERRAZZO_MIRROR";

    private final Path folder;
    private final Optional<URI> mirror;
    private final ProxySelector proxy;
    private final Download.Patience patience;

    ModelStore(Path folder, Optional<URI> mirror, ProxySelector proxy, Download.Patience patience) {
        this.folder = folder;
        this.mirror = mirror;
        this.proxy = proxy;
        this.patience = patience;
    }

    /// The store in the user's folder.
    ///
    /// @param environment variables by name: [UserFolder#VARIABLE], [#MIRROR] and `https_proxy` are heeded
    public static ModelStore of(Map<String, String> environment) {
        return of(UserFolder.of(environment), environment);
    }

    /// The store in a folder.
    ///
    /// @param environment variables by name: [#MIRROR] and `https_proxy` are heeded
    public static ModelStore of(UserFolder user, Map<String, String> environment) {
        String server = environment.getOrDefault(MIRROR, "").strip();
        return new ModelStore(
                user.models(),
                server.isEmpty() ? Optional.empty() : Optional.of(URI.create(server)),
                proxy(environment),
                Download.Patience.USUAL);
    }

    private static ProxySelector proxy(Map<String, String> environment) {
        String named = environment.getOrDefault("https_proxy", environment.getOrDefault("HTTPS_PROXY", ""));
        if (named.isBlank()) {
            return ProxySelector.getDefault();
        }
        URI proxy = URI.create(named.contains("://") ? named.strip() : "http://" + named.strip());
        return ProxySelector.of(new InetSocketAddress(proxy.getHost(), proxy.getPort() < 0 ? 80 : proxy.getPort()));
    }

    /// Where the checkpoints are.
    public Path folder() {
        return folder;
    }

    /// The checkpoint of a model, when it is here.
    public Optional<Path> find(ZooModel model) {
        return model.checkpointIn(folder);
    }

    /// Where the checkpoint of a model is fetched from.
    public URI source(ZooModel model) {
        return mirror.map(server -> URI.create(server.toString().replaceFirst("/+$", "")
                        + model.weights().getRawPath()))
                .orElse(model.weights());
    }

    /// The checkpoint of a model, fetched when it isn't here. An attempt that was stopped is taken up again.
    ///
    /// @param progress hears bytes
    /// @throws CheckpointException when it can't be fetched or is damaged; says what else to do
    /// @throws IOException when the disk refuses
    /// @throws java.util.concurrent.CancellationException when a stop was asked for
    public Path download(ZooModel model, Progress progress, Cancellation cancellation) throws IOException {
        Optional<Path> here = find(model);
        if (here.isPresent()) {
            return here.get();
        }
        Path file = folder.resolve(model.fileName());
        Path part = folder.resolve(model.fileName() + ".part");
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(patience.connect())
                .proxy(proxy)
                .build();
        try {
            Download download = new Download(client, patience, source(model), part);
            fetch(model, download, progress, cancellation);
            String hash = Sha256.of(part);
            if (!hash.startsWith(model.hash())) {
                download.discard();
                throw new CheckpointException(wrongHash(source(model).toString(), model, hash)
                        .advice("it was damaged on the way or replaced; what came was thrown away, try again"));
            }
            AtomicFile.commit(part, file);
            download.discard(); // its tag
            return file;
        } finally {
            client.shutdownNow(); // close() would wait for answers that nobody wants
        }
    }

    private void fetch(ZooModel model, Download download, Progress progress, Cancellation cancellation)
            throws IOException {
        try {
            download.run(progress, cancellation);
        } catch (FileSystemException e) {
            throw e;
        } catch (HttpRefusal e) {
            throw new CheckpointException(
                    Complaint.at(source(model).toString())
                            .expected("a checkpoint")
                            .got(String.valueOf(e.getMessage()))
                            .advice("if you have the file from elsewhere: " + addCommand(model)),
                    e);
        } catch (IOException e) {
            String reason = e.getMessage() == null ? "no connection" : lowerFirst(e.getMessage());
            throw new CheckpointException(
                    Complaint.at(source(model).toString())
                            .expected("a download")
                            .got(reason)
                            .advice("without a network, get this file on another machine, then: " + addCommand(model)),
                    e);
        }
    }

    private static String lowerFirst(String text) {
        return text.startsWith("HTTP")
                ? text
                : text.substring(0, Math.min(1, text.length())).toLowerCase(Locale.ROOT)
                        + text.substring(Math.min(1, text.length()));
    }

    private static String addCommand(ZooModel model) {
        return "terrazzo model add " + model.name() + " FILE";
    }

    /// Takes a file that the user has as the checkpoint of a model; the file itself stays where it is.
    ///
    /// @throws CheckpointException when it is another file
    /// @throws IOException when it can't be read or copied
    public Path add(ZooModel model, Path file) throws IOException {
        String hash = Sha256.of(file);
        if (!hash.startsWith(model.hash())) {
            throw new CheckpointException(wrongHash(file.toString(), model, hash)
                    .advice("it is another file, or damaged; the right one is " + model.weights()));
        }
        Path target = folder.resolve(model.fileName());
        if (!Files.exists(target) || !Files.isSameFile(target, file)) {
            AtomicFile.write(target, out -> Files.copy(file, out));
        }
        return target;
    }

    private static Complaint wrongHash(String where, ZooModel model, String hash) {
        return Complaint.at(where)
                .expected("SHA-256 " + model.hash() + "…, as in " + model.fileName())
                .got(hash.substring(0, model.hash().length()) + "…");
    }
}
