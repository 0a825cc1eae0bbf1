package terrazzo.data.transforms;

import terrazzo.config.ConfigNode;
import terrazzo.core.Size;
import terrazzo.core.image.LabelMap;
import terrazzo.data.sample.Draws;
import terrazzo.data.sample.Results;

/// Resizes the label map alone.
///
/// - reads/writes `gtSegMap` (nearest)
///
/// @param scaleFactor new side over old side
public record SegRescale(double scaleFactor) implements Transform {

    static SegRescale read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
        double factor = c.number("scale_factor", 1);
        if (factor <= 0) {
            throw c.error("scale_factor", "a number above 0", String.valueOf(factor), "");
        }
        return new SegRescale(factor);
    }

    @Override
    public Results apply(Results results, Draws draws) {
        LabelMap labels = results.gtSegMap();
        if (labels == null || scaleFactor == 1) {
            return results;
        }
        Size size = new Size((int) (labels.height() * scaleFactor + 0.5), (int) (labels.width() * scaleFactor + 0.5));
        return results.withGtSegMap(Interpolation.NEAREST.resize(labels, size));
    }
}
