package terrazzo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import terrazzo.config.ConfigIndex;
import terrazzo.core.error.CheckpointException;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.Nearest;
import terrazzo.inference.zoo.ModelStore;
import terrazzo.inference.zoo.ModelZoo;
import terrazzo.inference.zoo.ZooModel;

/// A model of the catalogue by the name that a user gives, and its checkpoint.
final class PublishedModel {

    private static final long MEGABYTE = 1_000_000;

    private PublishedModel() {}

    /// Finds a model by the name of its config, in 1.x or 0.x, or of its checkpoint.
    ///
    /// @throws CheckpointException when there is none; names those with similar names
    static ZooModel find(String name) throws IOException {
        ModelZoo zoo = ModelZoo.load();
        ConfigIndex index = ConfigIndex.load(PublishedModel.class.getClassLoader());
        Optional<String> config = index.find(name);
        if (config.isPresent()) {
            return zoo.require(config.get());
        }
        return zoo.models().stream()
                .filter(model ->
                        model.fileName().equals(name) || model.fileName().equals(name + ".pth"))
                .findFirst()
                .orElseThrow(() -> new CheckpointException(Complaint.at(name)
                        .expected("a model of the catalogue")
                        .got("none of that name")
                        .advice(suggestion(name, zoo))));
    }

    private static String suggestion(String name, ModelZoo zoo) {
        String near = Nearest.suggestion(
                name, zoo.models().stream().map(ZooModel::name).toList());
        return near.isEmpty() ? "'terrazzo model list' names them" : near;
    }

    /// The checkpoint of a model, downloaded with a progress bar when it isn't here.
    static Path checkpoint(Console console, ZooModel model) throws IOException {
        ModelStore store = console.modelStore();
        Optional<Path> here = store.find(model);
        if (here.isPresent()) {
            return here.get();
        }
        console.say("downloading " + store.source(model));
        try (ProgressBar bar = console.progress("MB")) {
            return store.download(
                    model,
                    (done, total, what) -> bar.at(done / MEGABYTE, total < 0 ? -1 : total / MEGABYTE, what),
                    console.cancellation());
        }
    }
}
