package terrazzo.data.transforms;

import java.util.List;
import terrazzo.data.sample.Draws;
import terrazzo.data.sample.Results;

/// Steps applied one after the other.
///
/// @param steps in order
public record Pipeline(List<Transform> steps) implements Transform {

    public Pipeline {
        steps = List.copyOf(steps);
    }

    @Override
    public Results apply(Results results, Draws draws) {
        Results current = results;
        for (Transform step : steps) {
            current = step.apply(current, draws);
        }
        return current;
    }
}
