package terrazzo.data.sample;

import java.util.Map;

/// How the values of a data set's label files become class indices.
///
/// @param labelMap new index by index in the file, -1 for classes that are left out; empty when nothing changes
/// @param reduceZeroLabel whether 0 means "no class" and every other index moves down by one
public record LabelRule(Map<Integer, Integer> labelMap, boolean reduceZeroLabel) {

    /// Values are class indices as they are.
    public static final LabelRule NONE = new LabelRule(Map.of(), false);

    public LabelRule {
        labelMap = Map.copyOf(labelMap);
    }
}
