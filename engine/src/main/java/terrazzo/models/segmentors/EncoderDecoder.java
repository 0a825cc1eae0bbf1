package terrazzo.models.segmentors;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import terrazzo.config.ConfigNode;
import terrazzo.core.Size;
import terrazzo.graph.Tensor;
import terrazzo.models.DecodeHead;
import terrazzo.models.Parts;
import terrazzo.models.Segmentor;

/// Backbone, perhaps a neck, one head that decides and perhaps others that only help in training.
public final class EncoderDecoder extends Segmentor {

    private final Encoder encoder;
    private final DecodeHead decodeHead;
    private final AuxiliaryHeads auxiliary;

    private EncoderDecoder(ConfigNode c, Parts parts) {
        this.encoder = new Encoder(c, parts, this::child);
        ConfigNode head = c.node("decode_head");
        this.decodeHead = child("decode_head", parts.heads().build(head, parts));
        decodeHead.check(head, encoder.levels(), encoder.source());
        this.auxiliary = new AuxiliaryHeads(c, parts, encoder);
        auxiliary.addTo(this::child);
    }

    static EncoderDecoder read(ConfigNode c, Parts parts) {
        c.ignoring("data_preprocessor", "train_cfg", "test_cfg", "pretrained", "init_cfg");
        return new EncoderDecoder(c, parts);
    }

    @Override
    public Tensor encodeDecode(Tensor img) {
        return decodeHead.predict(encoder.call(img), img.dim(2), img.dim(3));
    }

    @Override
    public Map<String, Tensor> loss(Tensor img, Tensor label) {
        List<Tensor> levels = encoder.call(img);
        Map<String, Tensor> losses = new LinkedHashMap<>(prefixed("decode", decodeHead.loss(levels, label)));
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
        return decodeHead.config().numClasses();
    }

    @Override
    public boolean alignCorners() {
        return decodeHead.config().alignCorners();
    }
}
