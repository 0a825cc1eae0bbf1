package terrazzo.models.segmentors;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import terrazzo.config.ConfigNode;
import terrazzo.core.Size;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.ModuleList;
import terrazzo.models.CascadeDecodeHead;
import terrazzo.models.DecodeHead;
import terrazzo.models.Parts;
import terrazzo.models.Segmentor;

/// An encoder whose heads refine each other's logits: `decode_head.0` predicts, each later one sees what came before.
public final class CascadeEncoderDecoder extends Segmentor {

    private final Encoder encoder;
    private final DecodeHead first;
    private final List<CascadeDecodeHead> later = new ArrayList<>();
    private final AuxiliaryHeads auxiliary;

    private CascadeEncoderDecoder(ConfigNode c, Parts parts) {
        int stages = c.integer("num_stages");
        this.encoder = new Encoder(c, parts, this::child);
        List<ConfigNode> nodes = c.nodes("decode_head");
        if (nodes.size() != stages || stages < 2) {
            throw c.error("decode_head", "num_stages = " + stages + " heads, at least 2", nodes.size() + "", "");
        }
        List<DecodeHead> heads = new ArrayList<>();
        for (ConfigNode node : nodes) {
            DecodeHead head = parts.heads().build(node, parts);
            head.check(node, encoder.levels(), encoder.source());
            heads.add(head);
        }
        this.first = heads.getFirst();
        for (int i = 1; i < stages; i++) {
            if (!(heads.get(i) instanceof CascadeDecodeHead head)) {
                throw nodes.get(i)
                        .error(
                                "type",
                                "a head that refines another",
                                nodes.get(i).type(),
                                "");
            }
            head.configure(c.optionalNode("train_cfg"), c.optionalNode("test_cfg"));
            later.add(head);
        }
        child("decode_head", ModuleList.of(heads));
        this.auxiliary = new AuxiliaryHeads(c, parts, encoder);
        auxiliary.addTo(this::child);
    }

    static CascadeEncoderDecoder read(ConfigNode c, Parts parts) {
        c.ignoring("data_preprocessor", "train_cfg", "test_cfg", "pretrained", "init_cfg");
        return new CascadeEncoderDecoder(c, parts);
    }

    @Override
    public Tensor encodeDecode(Tensor img) {
        List<Tensor> levels = encoder.call(img);
        Tensor logits = first.call(levels);
        for (CascadeDecodeHead head : later.subList(0, later.size() - 1)) {
            logits = head.call(levels, logits);
        }
        return later.getLast().predict(levels, logits, img.dim(2), img.dim(3));
    }

    @Override
    public Map<String, Tensor> loss(Tensor img, Tensor label) {
        List<Tensor> levels = encoder.call(img);
        Map<String, Tensor> losses = new LinkedHashMap<>(prefixed("decode_0", first.loss(levels, label)));
        // mmseg: each head runs once more for the next one, which moves running statistics twice; checkpoints show it
        Tensor previous = first.call(levels);
        for (int i = 0; i < later.size(); i++) {
            losses.putAll(prefixed("decode_" + (i + 1), later.get(i).loss(levels, previous, label)));
            previous = i + 1 < later.size() ? later.get(i).call(levels, previous) : previous;
        }
        losses.putAll(auxiliary.loss(levels, label));
        return losses;
    }

    @Override
    public Optional<Size> inputSize() {
        return encoder.inputSize();
    }

    @Override
    public int sizeDivisor() {
        return encoder.sizeDivisor();
    }

    @Override
    public int numClasses() {
        return later.getLast().config().numClasses();
    }

    @Override
    public boolean alignCorners() {
        return later.getLast().config().alignCorners();
    }
}
