package terrazzo.app.workspace.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import terrazzo.config.Config;
import terrazzo.config.ConfigNode;
import terrazzo.core.Cancellation;
import terrazzo.data.datasets.Dataset;
import terrazzo.graph.Parameter;
import terrazzo.inference.Catalogues;
import terrazzo.models.Segmentor;
import terrazzo.train.Observers;
import terrazzo.train.TrainRequest;
import terrazzo.train.Training;
import terrazzo.train.optim.OptimWrapper;
import terrazzo.train.optim.OptimWrapperConstructors;
import terrazzo.train.optim.Optimizers;

/// What a training would be, found out without letting it run.
///
/// @param parameters numbers that are learnt
/// @param trainImages images to learn from
/// @param valImages images to validate with, 0 for none
record DryRun(long parameters, int trainImages, int valImages) {

    private static final String DEVICE = "auto";

    /// Opens the training as a run does, which looks at the data and sends a batch forward and back, and closes it
    /// again.
    ///
    /// @param scratch folder for what a run writes; gone afterwards
    /// @throws terrazzo.core.error.EngineException for what would stop the training
    static DryRun of(Config config, Catalogues catalogues, Path scratch, Cancellation cancellation) throws IOException {
        Segmentor model = model(config, catalogues);
        cancellation.check();
        Path folder = Files.createTempDirectory(Files.createDirectories(scratch), "dry-run");
        TrainRequest request = new TrainRequest(config, folder, TrainRequest.Resume.NO, Optional.empty(), DEVICE);
        Observers observers = new Observers(_ -> {}, cancellation, List.of());
        try (Training _ = Training.open(request, catalogues, observers)) {
            ConfigNode root = config.root();
            return new DryRun(
                    model.modules()
                            .flatMap(m -> m.ownParameters().stream())
                            .filter(Parameter::isTrainable)
                            .mapToLong(DryRun::count)
                            .sum(),
                    data(root, "train_dataloader", catalogues),
                    root.has("val_dataloader") ? data(root, "val_dataloader", catalogues) : 0);
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /// Checks model and optimizer, which needs no data.
    static Segmentor model(Config config, Catalogues catalogues) {
        ConfigNode root = config.root();
        catalogues.require(root);
        Segmentor model = catalogues.parts().segmentor(root.node("model"));
        ConfigNode wrapper = root.node("optim_wrapper");
        OptimWrapper.read(wrapper);
        OptimWrapperConstructors.builtIn().groups(model, wrapper);
        Optimizers.builtIn().rule(wrapper.node("optimizer"));
        return model;
    }

    private static int data(ConfigNode root, String key, Catalogues catalogues) {
        Dataset dataset = catalogues.datasets().build(root.node(key).node("dataset"));
        return dataset.size();
    }

    private static long count(Parameter parameter) {
        long count = 1;
        for (long size : parameter.shape().toLongs()) {
            count *= size;
        }
        return count;
    }
}
