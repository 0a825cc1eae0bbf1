package terrazzo.models.segmentors;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import terrazzo.config.ConfigNode;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.ModuleList;
import terrazzo.models.DecodeHead;
import terrazzo.models.Parts;
import terrazzo.models.Segmentor;

/// Heads that only help in training: `auxiliary_head` as one, or `auxiliary_head.0`, `.1`, … as a list.
final class AuxiliaryHeads {

    private final List<DecodeHead> heads = new ArrayList<>();
    private final boolean list;

    AuxiliaryHeads(ConfigNode c, Parts parts, Encoder encoder) {
        this.list = c.isList("auxiliary_head");
        for (ConfigNode node : c.nodes("auxiliary_head")) {
            DecodeHead head = parts.heads().build(node, parts);
            head.check(node, encoder.levels(), encoder.source());
            heads.add(head);
        }
    }

    void addTo(Encoder.Owner owner) {
        if (list) {
            owner.add("auxiliary_head", ModuleList.of(heads));
        } else if (!heads.isEmpty()) {
            owner.add("auxiliary_head", heads.getFirst());
        }
    }

    Map<String, Tensor> loss(List<Tensor> levels, Tensor label) {
        Map<String, Tensor> losses = new LinkedHashMap<>();
        for (int i = 0; i < heads.size(); i++) {
            losses.putAll(
                    Segmentor.prefixed(list ? "aux_" + i : "aux", heads.get(i).loss(levels, label)));
        }
        return losses;
    }
}
