package terrazzo.train.optim;

import java.util.List;
import terrazzo.config.ConfigNode;
import terrazzo.models.Segmentor;

/// Sorts a model's weights into groups: what mmengine names in `constructor` of an optimizer wrapper.
@FunctionalInterface
public interface OptimWrapperConstructor {

    /// @param model whose weights move
    /// @param optimWrapper the `optim_wrapper` dict with `optimizer` and, mostly, `paramwise_cfg`
    List<ParamGroup> groups(Segmentor model, ConfigNode optimWrapper);
}
