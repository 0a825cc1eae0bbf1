package terrazzo.train.init;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import terrazzo.config.ConfigNode;
import terrazzo.core.UserFolder;

/// Finds the file that a config names to start from: a path, a URL, or a name such as `open-mmlab://resnet50_v1c`.
/// Nothing is downloaded; a file that a browser or PyTorch has fetched is found by its name.
///
/// @param folders where downloaded files may be, the first one first
public record PretrainedFiles(List<Path> folders) {

    public PretrainedFiles {
        folders = List.copyOf(folders);
    }

    /// The user's folder of models, then the one that PyTorch downloads to.
    ///
    /// @param environment variables by name
    public static PretrainedFiles of(Map<String, String> environment) {
        Path home = Path.of(System.getProperty("user.home"));
        Path cache = Optional.ofNullable(environment.get("XDG_CACHE_HOME"))
                .filter(p -> !p.isBlank())
                .map(Path::of)
                .orElse(home.resolve(".cache"));
        Path torch = Optional.ofNullable(environment.get("TORCH_HOME"))
                .filter(p -> !p.isBlank())
                .map(Path::of)
                .orElse(cache.resolve("torch"));
        return new PretrainedFiles(List.of(
                UserFolder.of(environment).models(), torch.resolve("hub").resolve("checkpoints")));
    }

    /// The file that `key` of a dict names.
    ///
    /// @throws terrazzo.core.error.ConfigException when it is not there; says what to place where
    Path find(ConfigNode c, String key) {
        String name = c.string(key);
        boolean remote = name.contains("://");
        if (!remote && Files.isRegularFile(Path.of(name))) {
            return Path.of(name);
        }
        String wanted = fileName(name);
        return folders.stream()
                .flatMap(folder -> in(folder, wanted).stream())
                .findFirst()
                .orElseThrow(() -> c.error(key, places(wanted, remote ? "" : name), "no such file", advice(c, key)));
    }

    private String places(String wanted, String path) {
        String file = isWhole(wanted) ? wanted : wanted + "-*.pth";
        String here = path.isEmpty() ? "" : path.equals(wanted) ? " here or" : " at " + path + " or";
        return file + here + " in " + folders.stream().map(Path::toString).collect(Collectors.joining(" or "));
    }

    private static String advice(ConfigNode c, String key) {
        String name = c.string(key);
        String option = c.path() + "." + key;
        String none = key.equals("checkpoint") ? c.path() : option;
        return "place it there" + (name.startsWith("http") ? " (" + name + ")" : "") + ", or say where it is with"
                + " --cfg-options " + option + "=FILE, or start at random with --cfg-options " + none + "=None";
    }

    private static String fileName(String name) {
        String tail = name.substring(name.indexOf("://") < 0 ? 0 : name.indexOf("://") + 3);
        return name.startsWith("http") || !name.contains("://")
                ? tail.substring(tail.lastIndexOf('/') + 1)
                : NAMES.getOrDefault(tail, tail.substring(tail.lastIndexOf('/') + 1));
    }

    /// Names whose files are called otherwise.
    private static final Map<String, String> NAMES = names();

    private static Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("msra/hrnetv2_w18", "hrnetv2_w18");
        names.put("mobilenet_v2", "mobilenet_v2_batch256_imagenet");
        return Map.copyOf(names);
    }

    private static boolean isWhole(String fileName) {
        return fileName.matches(".*\\.(pth|pt|bin|npz|safetensors|pkl|tar)");
    }

    private static Optional<Path> in(Path folder, String wanted) {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(Files::isRegularFile)
                    .filter(f -> matches(String.valueOf(f.getFileName()), wanted))
                    .sorted()
                    .forEach(found::add);
        } catch (IOException _) { // a folder that can't be listed holds nothing for us
            return Optional.empty();
        }
        return found.stream().findFirst();
    }

    /// Publishers put eight digits of the content's hash behind the name.
    private static boolean matches(String fileName, String wanted) {
        return fileName.equals(wanted)
                || (!isWhole(wanted)
                        && fileName.startsWith(wanted)
                        && fileName.substring(wanted.length())
                                .matches("([-_]([0-9]{8}[-_])?[0-9a-f]{8})?\\.(pth|pt|safetensors)"));
    }
}
