package terrazzo.inference.zoo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import terrazzo.config.Config;
import terrazzo.config.ConfigLocator;
import terrazzo.core.AtomicFile;
import terrazzo.core.Sha256;
import terrazzo.inference.ModelRequest;
import terrazzo.inference.Precision;

/// The small model that comes with the program, so that everything can be tried at once: a Semantic FPN for the eleven
/// classes of CamVid. `MODEL_CARD.md` beside its weights says how it was trained and how well it does.
public final class DefaultModel {

    /// What users call it where they can name a model.
    public static final String NAME = "default";

    /// The name of its config.
    public static final String CONFIG = "sem_fpn/fpn_r34-s3-w32_1xb8-1500i_camvid-scenes-480x360";

    private static final String WEIGHTS = "/terrazzo/models/default/weights.safetensors";

    private DefaultModel() {}

    /// Its config.
    ///
    /// @param cfgOptions `key=value` each
    public static Config config(List<String> cfgOptions) throws IOException {
        return new ConfigLocator().load(CONFIG, cfgOptions);
    }

    /// Its weights as a file, which a checkpoint has to be. The file is made once and has its content's hash in its
    /// name, so versions of the program don't disturb each other.
    ///
    /// @param folder for example [terrazzo.core.UserFolder#cache()]; made when missing
    public static Path weights(Path folder) throws IOException {
        byte[] content = content();
        Path file = folder.resolve("default-" + Sha256.of(content).substring(0, 8) + ".safetensors");
        if (!Files.isRegularFile(file) || Files.size(file) != content.length) {
            AtomicFile.write(file, out -> out.write(content));
        }
        return file;
    }

    /// All that is needed to open it on the CPU.
    ///
    /// @param folder for its weights
    public static ModelRequest request(Path folder) throws IOException {
        return new ModelRequest(config(List.of()), weights(folder), "cpu", Precision.FP32);
    }

    private static byte[] content() throws IOException {
        try (InputStream in = DefaultModel.class.getResourceAsStream(WEIGHTS)) {
            if (in == null) {
                throw new IllegalStateException("the resources of the program are incomplete: no " + WEIGHTS);
            }
            return in.readAllBytes();
        }
    }
}
