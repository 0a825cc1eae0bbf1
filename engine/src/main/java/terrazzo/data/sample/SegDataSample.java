package terrazzo.data.sample;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import terrazzo.core.image.LabelMap;

/// What is known of one image beside its pixels, from data through model to metrics and pictures.
///
/// @param meta where it came from and what happened to it
/// @param gtSemSeg ground truth, `[H, W]`; null without annotation
/// @param predSemSeg prediction, `[H, W]`; null before the model ran
/// @param segLogits scores, `[K, H, W]`; null unless asked for
/// @param fields what plugins add, by name
public record SegDataSample(
        SegMeta meta,
        @Nullable LabelMap gtSemSeg,
        @Nullable LabelMap predSemSeg,
        @Nullable Logits segLogits,
        Map<String, Object> fields) {

    public SegDataSample {
        fields = Map.copyOf(fields);
    }

    public static SegDataSample of(SegMeta meta) {
        return new SegDataSample(meta, null, null, null, Map.of());
    }

    public SegDataSample withMeta(SegMeta newMeta) {
        return new SegDataSample(newMeta, gtSemSeg, predSemSeg, segLogits, fields);
    }

    public SegDataSample withGtSemSeg(@Nullable LabelMap labels) {
        return new SegDataSample(meta, labels, predSemSeg, segLogits, fields);
    }

    public SegDataSample withPredSemSeg(LabelMap labels) {
        return new SegDataSample(meta, gtSemSeg, labels, segLogits, fields);
    }

    public SegDataSample withSegLogits(Logits logits) {
        return new SegDataSample(meta, gtSemSeg, predSemSeg, logits, fields);
    }

    public SegDataSample withField(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(fields);
        more.put(name, value);
        return new SegDataSample(meta, gtSemSeg, predSemSeg, segLogits, more);
    }
}
