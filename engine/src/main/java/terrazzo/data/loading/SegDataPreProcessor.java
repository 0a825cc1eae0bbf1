package terrazzo.data.loading;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import terrazzo.config.ConfigNode;
import terrazzo.core.Size;
import terrazzo.core.image.LabelMap;
import terrazzo.data.sample.Img;
import terrazzo.data.sample.Results;
import terrazzo.data.sample.SegDataSample;

/// What is done to images between pipeline and model: channel order, normalisation, padding. The settings are read here
/// so that training, testing and export agree; `toTest` and `toTraining` are the plain Java way to do it, in 32 bits.
///
/// @param normalize what to subtract and divide by; empty to leave values as they are
/// @param swapChannels whether three channels are turned round (`bgr_to_rgb` or `rgb_to_bgr`)
/// @param training padding of training batches
/// @param test padding of single images in testing (`test_cfg`); usually none
/// @param padVal value of new pixels, after normalisation
/// @param segPadVal label of new pixels
public record SegDataPreProcessor(
        Optional<Statistics> normalize,
        boolean swapChannels,
        Padding training,
        Padding test,
        float padVal,
        int segPadVal) {

    /// @param mean per channel, in the order after the swap
    /// @param std per channel, in the order after the swap
    public record Statistics(List<Double> mean, List<Double> std) {
        public Statistics {
            mean = List.copyOf(mean);
            std = List.copyOf(std);
        }
    }

    /// @param size fixed size; empty for the largest image of the batch
    /// @param divisor sides become multiples of it; 1 for no such demand
    public record Padding(Optional<Size> size, int divisor) {

        /// Only what a batch of different sizes needs.
        public static final Padding NONE = new Padding(Optional.empty(), 1);

        static Padding read(ConfigNode c) {
            Optional<Size> size = c.has("size") ? Optional.of(readSize(c)) : Optional.empty();
            int divisor = c.integer("size_divisor", 1);
            if (divisor < 1 || (size.isPresent() && divisor > 1)) {
                throw c.error("size_divisor", "1 or more, and no size beside it", String.valueOf(divisor), "");
            }
            return new Padding(size, divisor);
        }

        private static Size readSize(ConfigNode c) {
            List<Integer> size = c.ints("size");
            if (size.isEmpty() || size.size() > 2 || size.stream().anyMatch(s -> s < 1)) {
                throw c.error("size", "(height, width)", size.toString(), "");
            }
            return new Size(size.getFirst(), size.getLast());
        }

        /// The size that a batch gets whose largest image is `largest`.
        public Size sizeFor(Size largest) {
            return size.map(s -> new Size(Math.max(s.height(), largest.height()), Math.max(s.width(), largest.width())))
                    .orElseGet(() -> new Size(
                            Math.ceilDiv(largest.height(), divisor) * divisor,
                            Math.ceilDiv(largest.width(), divisor) * divisor));
        }
    }

    /// What a whole config says: `data_preprocessor` of its model, or its own, or nothing to do.
    public static SegDataPreProcessor of(ConfigNode root) {
        return root.node("model")
                .optionalNode("data_preprocessor")
                .or(() -> root.optionalNode("data_preprocessor"))
                .map(SegDataPreProcessor::read)
                .orElseGet(() -> read(ConfigNode.ofType("SegDataPreProcessor", "")));
    }

    /// Reads `data_preprocessor`.
    public static SegDataPreProcessor read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
        c.ignoring("type", "non_blocking");
        boolean toRgb = c.bool("bgr_to_rgb", false);
        boolean toBgr = c.bool("rgb_to_bgr", false);
        if (toRgb && toBgr) {
            throw c.error("bgr_to_rgb", "one of bgr_to_rgb and rgb_to_bgr", "both", "remove one");
        }
        if (!c.nodes("batch_augments").isEmpty()) {
            throw c.error("batch_augments", "none", "some", "the reference defines none either");
        }
        Padding test = Padding.NONE;
        if (c.has("test_cfg")) {
            ConfigNode testCfg = c.node("test_cfg");
            test = Padding.read(testCfg);
            testCfg.done();
        }
        SegDataPreProcessor preprocessor = new SegDataPreProcessor(
                statistics(c),
                toRgb || toBgr,
                Padding.read(c),
                test,
                (float) c.number("pad_val", 0),
                c.integer("seg_pad_val", 255));
        c.done();
        return preprocessor;
    }

    private static Optional<Statistics> statistics(ConfigNode c) {
        List<Double> mean = c.numbers("mean", List.of());
        List<Double> std = c.numbers("std", List.of());
        if (mean.size() != std.size() || std.contains(0.0)) {
            throw c.error("std", mean.size() + " numbers other than 0, like mean", std.toString(), "");
        }
        return mean.isEmpty() ? Optional.empty() : Optional.of(new Statistics(mean, std));
    }

    /// One image as a batch of one, padded as `test` says; ground truth stays as it is.
    public InputBatch toTest(Results results) {
        Img img = results.requireImg("SegDataPreProcessor");
        Size size = test.sizeFor(img.size());
        float[] values = new float[Math.toIntExact(img.channels() * size.area())];
        write(img, values, 0, size);
        SegDataSample sample = results.toDataSample();
        if (!size.equals(img.size())) {
            sample = sample.withMeta(sample.meta().withPadShape(size));
        }
        return new InputBatch(img.channels(), size, values, List.of(sample));
    }

    /// Images and ground truth padded to one size at the right and the bottom.
    ///
    /// @param batch one or more samples with equally many channels
    public InputBatch toTraining(List<Results> batch) {
        Size largest = new Size(0, 0);
        for (Results results : batch) {
            Size size = results.requireImg("SegDataPreProcessor").size();
            largest = new Size(Math.max(largest.height(), size.height()), Math.max(largest.width(), size.width()));
        }
        Size size = training.sizeFor(largest);
        int channels = batch.getFirst().requireImg("SegDataPreProcessor").channels();
        int perImage = Math.toIntExact(channels * size.area());
        float[] values = new float[Math.multiplyExact(perImage, batch.size())];
        List<SegDataSample> samples = new ArrayList<>();
        for (Results results : batch) {
            Img img = results.requireImg("SegDataPreProcessor");
            if (img.channels() != channels) {
                throw new IllegalArgumentException("expected " + channels + " channels, got " + img.channels());
            }
            write(img, values, samples.size() * perImage, size);
            LabelMap labels = results.gtSegMap();
            samples.add(results.toDataSample()
                    .withMeta(results.meta().withImgShape(img.size()).withPadShape(size))
                    .withGtSemSeg(labels == null ? null : padded(labels, size)));
        }
        return new InputBatch(channels, size, values, samples);
    }

    /// Writes one image `[H, W, C]` as `[C, H, W]` at `offset`.
    private void write(Img img, float[] target, int offset, Size size) {
        int channels = img.channels();
        int plane = Math.toIntExact(size.area());
        if (!size.equals(img.size())) {
            Arrays.fill(target, offset, offset + channels * plane, padVal);
        }
        float[] source = img.asFloats();
        for (int c = 0; c < channels; c++) {
            int from = swapChannels && channels == 3 ? 2 - c : c;
            float mean = normalize.isPresent() ? normalize.get().mean().get(c).floatValue() : 0;
            float std = normalize.isPresent() ? normalize.get().std().get(c).floatValue() : 1;
            for (int y = 0; y < img.height(); y++) {
                int to = offset + c * plane + y * size.width();
                int at = y * img.width() * channels + from;
                for (int x = 0; x < img.width(); x++, at += channels) {
                    target[to + x] = (source[at] - mean) / std;
                }
            }
        }
    }

    private LabelMap padded(LabelMap labels, Size size) {
        if (labels.size().equals(size)) {
            return labels;
        }
        byte[] values = new byte[Math.toIntExact(size.area())];
        Arrays.fill(values, (byte) segPadVal);
        for (int y = 0; y < labels.height(); y++) {
            System.arraycopy(labels.asBytes(), y * labels.width(), values, y * size.width(), labels.width());
        }
        return new LabelMap(size, values);
    }
}
