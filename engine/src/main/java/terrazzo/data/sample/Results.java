package terrazzo.data.sample;

import java.util.List;
import org.jspecify.annotations.Nullable;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.DatasetException;
import terrazzo.core.image.LabelMap;

/// A sample on its way through a pipeline; each step takes one and makes the next. Named after the reference's dict.
///
/// @param img the image; null before it is loaded
/// @param gtSegMap ground truth `[H, W]`; null before it is loaded, or without annotation
/// @param meta where it came from and what happened to it
/// @param labelRule how the data set's label files are to be read
/// @param mixResults other samples that the next step mixes in; empty almost always
/// @param augmented the views of test-time augmentation; empty when there is just this one
public record Results(
        @Nullable Img img,
        @Nullable LabelMap gtSegMap,
        SegMeta meta,
        LabelRule labelRule,
        List<Results> mixResults,
        List<Results> augmented) {

    public Results {
        mixResults = List.copyOf(mixResults);
        augmented = List.copyOf(augmented);
    }

    /// The start of a pipeline that loads files.
    public static Results of(SegMeta meta, LabelRule labelRule) {
        return new Results(null, null, meta, labelRule, List.of(), List.of());
    }

    /// The start of a pipeline whose image is in memory already: a frame of a video, a pasted picture.
    public static Results of(Img img) {
        SegMeta meta = SegMeta.of(null, null).withOriShape(img.size());
        return new Results(img, null, meta, LabelRule.NONE, List.of(), List.of());
    }

    public Results withImg(Img newImg) {
        return new Results(newImg, gtSegMap, meta, labelRule, mixResults, augmented);
    }

    /// The same with another image whose size becomes `imgShape`.
    public Results withResizedImg(Img newImg) {
        return new Results(newImg, gtSegMap, meta.withImgShape(newImg.size()), labelRule, mixResults, augmented);
    }

    public Results withGtSegMap(@Nullable LabelMap newGtSegMap) {
        return new Results(img, newGtSegMap, meta, labelRule, mixResults, augmented);
    }

    public Results withMeta(SegMeta newMeta) {
        return new Results(img, gtSegMap, newMeta, labelRule, mixResults, augmented);
    }

    public Results withMixResults(List<Results> others) {
        return new Results(img, gtSegMap, meta, labelRule, others, augmented);
    }

    public Results withAugmented(List<Results> views) {
        return new Results(img, gtSegMap, meta, labelRule, mixResults, views);
    }

    /// The image.
    ///
    /// @param step the step that needs it, for the message
    /// @throws DatasetException when no step has loaded one
    public Img requireImg(String step) {
        if (img == null) {
            throw new DatasetException(Complaint.at(step)
                    .expected("an image")
                    .got("none")
                    .advice("put LoadImageFromFile before " + step + " in the pipeline"));
        }
        return img;
    }

    /// The image as bytes.
    ///
    /// @param step the step that needs it, for the message
    /// @throws DatasetException when there is none or an earlier step has made floats of it
    public Img.Bytes requireBytes(String step) {
        if (requireImg(step) instanceof Img.Bytes bytes) {
            return bytes;
        }
        throw new DatasetException(Complaint.at(step)
                .expected("an image of 8-bit values")
                .got("floats")
                .advice("put " + step + " before Normalize in the pipeline"));
    }

    /// The image, with as many channels as a step has settings for.
    ///
    /// @param step the step that needs it, for the message
    /// @throws DatasetException when there is none or it has another number of channels
    public Img requireChannels(String step, int channels) {
        Img image = requireImg(step);
        if (image.channels() == channels) {
            return image;
        }
        throw new DatasetException(Complaint.at(step)
                .expected("an image of " + channels + " channels, one per value in its settings")
                .got(image.channels() + " channels"));
    }

    /// The views that a model is to see: those of test-time augmentation, else just this.
    public List<Results> views() {
        return augmented.isEmpty() ? List.of(this) : augmented;
    }

    /// What remains when the image goes to the model.
    public SegDataSample toDataSample() {
        return SegDataSample.of(meta).withGtSemSeg(gtSegMap);
    }
}
