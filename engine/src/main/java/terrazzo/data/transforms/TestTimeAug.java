package terrazzo.data.transforms;

import java.util.ArrayList;
import java.util.List;
import terrazzo.config.ConfigNode;
import terrazzo.config.value.Value;
import terrazzo.data.sample.Draws;
import terrazzo.data.sample.Results;

/// Makes several views of one sample: every combination of one step from each list, the first list varying slowest.
///
/// - writes `augmented`; ends the pipeline
///
/// @param views one pipeline per view
public record TestTimeAug(List<Pipeline> views) implements Transform {

    public TestTimeAug {
        views = List.copyOf(views);
    }

    static TestTimeAug read(ConfigNode c, Transforms catalogue) {
        List<Value> lists = switch (c.find("transforms").orElse(new Value.None())) {
            case Value.ListValue(var v) -> v;
            case Value.TupleValue(var v) -> v;
            default -> throw c.error("transforms", "a list of lists of transforms", "none", "");
        };
        List<List<Transform>> combinations = List.of(List.of());
        for (Value list : lists) {
            List<Transform> choices = c.with("transforms", list).nodes("transforms").stream()
                    .map(catalogue::build)
                    .toList();
            List<List<Transform>> longer = new ArrayList<>();
            for (List<Transform> start : combinations) {
                for (Transform choice : choices) {
                    List<Transform> more = new ArrayList<>(start);
                    more.add(choice);
                    longer.add(more);
                }
            }
            combinations = longer;
        }
        return new TestTimeAug(combinations.stream().map(Pipeline::new).toList());
    }

    @Override
    public Results apply(Results results, Draws draws) {
        return results.withAugmented(
                views.stream().map(view -> view.apply(results, draws)).toList());
    }
}
