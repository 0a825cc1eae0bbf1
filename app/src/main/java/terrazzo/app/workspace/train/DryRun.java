package terrazzo.app.workspace.train;

import terrazzo.config.Config;
import terrazzo.config.ConfigNode;
import terrazzo.data.datasets.Dataset;
import terrazzo.graph.Parameter;
import terrazzo.inference.Catalogues;
import terrazzo.models.Segmentor;
import terrazzo.train.optim.OptimWrapper;
import terrazzo.train.optim.OptimWrapperConstructors;
import terrazzo.train.optim.Optimizers;

/// What a training would be, found out without starting it.
///
/// @param parameters numbers that are learnt
/// @param trainImages images to learn from
/// @param valImages images to validate with, 0 for none
record DryRun(long parameters, int trainImages, int valImages) {

    /// Builds everything but the tensors.
    ///
    /// @throws terrazzo.core.error.EngineException for what would stop the training
    static DryRun of(Config config, Catalogues catalogues) {
        ConfigNode root = config.root();
        Segmentor model = model(config, catalogues);
        long parameters = model.modules()
                .flatMap(m -> m.ownParameters().stream())
                .filter(Parameter::isTrainable)
                .mapToLong(DryRun::count)
                .sum();
        return new DryRun(
                parameters,
                data(root, "train_dataloader", catalogues),
                root.has("val_dataloader") ? data(root, "val_dataloader", catalogues) : 0);
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
