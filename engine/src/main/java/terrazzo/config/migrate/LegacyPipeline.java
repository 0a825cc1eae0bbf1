package terrazzo.config.migrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import terrazzo.config.value.Value;
import terrazzo.config.value.Value.DictValue;
import terrazzo.config.value.Value.ListValue;

/// One pipeline of 0.x. Normalising and padding to the crop move into the data preprocessor, collecting becomes
/// `PackSegInputs`, and a test pipeline's `MultiScaleFlipAug` is unfolded.
final class LegacyPipeline {

    // What 0.x did after the augmentations and 1.x does in the model's preprocessor or in PackSegInputs.
    private static final Set<String> DROPPED =
            Set.of("Normalize", "DefaultFormatBundle", "ImageToTensor", "ToTensor", "Transpose", "ToDataContainer");

    private final List<Value> steps = new ArrayList<>();
    private final List<Value> beforeAugmentation = new ArrayList<>();
    private final Entries preprocessor = new Entries();
    private Optional<Entries> augmentation = Optional.empty();

    private LegacyPipeline() {}

    static LegacyPipeline of(Value pipeline) {
        LegacyPipeline result = new LegacyPipeline();
        for (Value step : Entries.items(pipeline)) {
            result.add(step);
        }
        return result;
    }

    /// The steps in 1.x.
    Value steps() {
        return new ListValue(steps);
    }

    /// The steps of a test pipeline, with the annotations loaded after the resize as evaluation in 1.x needs.
    ///
    /// @param annotations the step that loads them in the training pipeline
    Value testSteps(Optional<Value> annotations) {
        List<Value> test = new ArrayList<>(steps);
        boolean loads = test.stream().anyMatch(s -> type(s).equals("LoadAnnotations"));
        if (!loads && !test.isEmpty()) {
            boolean packs = type(test.getLast()).equals("PackSegInputs");
            test.add(packs ? test.size() - 1 : test.size(), annotations.orElse(loadAnnotations()));
        }
        return new ListValue(test);
    }

    private static Value loadAnnotations() {
        return Entries.typed("LoadAnnotations").dict();
    }

    /// The step that loads annotations, if there is one.
    Optional<Value> annotations() {
        return steps.stream().filter(s -> type(s).equals("LoadAnnotations")).findFirst();
    }

    /// What the preprocessor takes over: `mean`, `std`, `bgr_to_rgb`, `size`, …
    Entries preprocessor() {
        return preprocessor;
    }

    /// The pipeline of test-time augmentation, where the config asked for several scales or flips.
    ///
    /// @param annotations the step that loads them in the training pipeline
    Optional<Value> augmented(Optional<Value> annotations) {
        if (augmentation.isEmpty()) {
            return Optional.empty();
        }
        Entries aug = Entries.of(augmentation.get().dict());
        Optional<Value> ratios = aug.take("img_ratios");
        List<Value> scales = scales(aug.take("img_scale"));
        boolean flip = aug.takeBool("flip", false);
        if (!flip
                && scales.size() < 2
                && ratios.map(r -> Entries.items(r).size() < 2).orElse(true)) {
            return Optional.empty();
        }
        List<Value> resizes = new ArrayList<>();
        for (Value scale : ratios.isPresent() ? Entries.items(ratios.get()) : scales) {
            resizes.add(Entries.typed("Resize")
                    .put(ratios.isPresent() ? "scale_factor" : "scale", scale)
                    .put("keep_ratio", true)
                    .dict());
        }
        List<Value> flips = new ArrayList<>();
        Value direction = aug.take("flip_direction").orElse(new Value.Str("horizontal"));
        flips.add(flip(0.0, Entries.items(direction).getFirst()));
        if (flip) {
            Entries.items(direction).forEach(d -> flips.add(flip(1.0, d)));
        }
        List<Value> views = new ArrayList<>(List.of(new ListValue(resizes), new ListValue(flips)));
        views.add(new ListValue(List.of(annotations.orElse(loadAnnotations()))));
        views.add(Entries.list(Entries.typed("PackSegInputs")));
        List<Value> pipeline = new ArrayList<>(beforeAugmentation);
        pipeline.add(Entries.typed("TestTimeAug")
                .put("transforms", new ListValue(views))
                .dict());
        return Optional.of(new ListValue(pipeline));
    }

    private static Value flip(double probability, Value direction) {
        return Entries.typed("RandomFlip")
                .put("prob", probability)
                .put("direction", direction)
                .dict();
    }

    private static String type(Value step) {
        return step instanceof DictValue dict ? Entries.of(dict).type() : "";
    }

    private void add(Value step) {
        if (!(step instanceof DictValue dict)) {
            steps.add(step);
            return;
        }
        Entries s = Entries.of(dict);
        switch (s.type()) {
            case "Resize" -> steps.add(resize(s));
            case "RandomFlip" -> {
                s.take("flip_ratio").ifPresent(p -> s.put("prob", p));
                steps.add(s.dict());
            }
            case "Pad" -> pad(s);
            case "Collect" ->
                steps.add(Entries.typed("PackSegInputs")
                        .put("meta_keys", s.take("meta_keys"))
                        .dict());
            case "MultiScaleFlipAug" -> unfold(s);
            default -> {
                if (s.type().equals("Normalize")) {
                    preprocessor.put("mean", s.take("mean")).put("std", s.take("std"));
                    preprocessor.put("bgr_to_rgb", s.takeBool("to_rgb", true));
                }
                if (!DROPPED.contains(s.type())) {
                    steps.add(dict);
                }
            }
        }
    }

    private void pad(Entries pad) {
        preprocessor.put("pad_val", pad.take("pad_val")).put("seg_pad_val", pad.take("seg_pad_val"));
        preprocessor.put("size", pad.take("size")).put("size_divisor", pad.take("size_divisor"));
    }

    /// 0.x has one `Resize` with several ways to draw a size, 1.x one transform for each.
    private static Value resize(Entries resize) {
        List<Value> scales = scales(resize.take("img_scale"));
        Optional<Value> ratios = resize.take("ratio_range");
        boolean range = resize.takeText("multiscale_mode").orElse("range").equals("range");
        Value keep = resize.take("keep_ratio").orElse(new Value.Bool(true));
        Optional<Long> least = resize.takeInt("min_size");
        Entries result;
        if (ratios.isPresent()) {
            result = Entries.typed("RandomResize");
            scales.stream().findFirst().ifPresent(s -> result.put("scale", s));
            if (scales.isEmpty()) { // the image's own size times a ratio
                result.put("scale", new Value.None());
            }
            result.put("ratio_range", ratios);
        } else if (scales.size() > 1) {
            result = Entries.typed(range ? "RandomResize" : "RandomChoiceResize")
                    .put(range ? "scale" : "scales", new ListValue(scales));
        } else {
            result = Entries.typed("Resize");
            scales.stream()
                    .findFirst()
                    .ifPresent(s ->
                            result.put("scale", least.map(l -> atLeast(s, l)).orElse(s)));
        }
        if (!result.type().equals("RandomChoiceResize")) {
            result.put("keep_ratio", keep);
        }
        return result.putAll(resize.drop("type", "override")).dict();
    }

    /// `min_size` kept the short edge from falling below it; a larger short edge of the scale does the same for all
    /// but very long images.
    private static Value atLeast(Value scale, long least) {
        List<Value> edges = Entries.items(scale);
        if (edges.size() == 2 && edges.get(0) instanceof Value.Int(var a) && edges.get(1) instanceof Value.Int(var b)) {
            return new Value.TupleValue(List.of(new Value.Int(Math.max(a, least)), new Value.Int(Math.max(b, least))));
        }
        return scale;
    }

    private static List<Value> scales(Optional<Value> scale) {
        if (scale.isEmpty()) {
            return List.of();
        }
        List<Value> items = Entries.items(scale.get());
        return !items.isEmpty() && Entries.isList(items.getFirst()) ? items : List.of(scale.get());
    }

    /// The steps inside of `MultiScaleFlipAug`, at its first scale and without its flip.
    private void unfold(Entries aug) {
        beforeAugmentation.addAll(steps);
        augmentation = Optional.of(Entries.of(aug.dict()));
        List<Value> scales = scales(aug.take("img_scale"));
        for (Value step : aug.take("transforms").map(Entries::items).orElse(List.of())) {
            Entries s = step instanceof DictValue dict ? Entries.of(dict) : new Entries();
            if (s.type().equals("RandomFlip")) {
                continue;
            }
            if (s.type().equals("Resize") && !s.has("img_scale")) {
                if (scales.isEmpty()) {
                    s.put("scale_factor", 1.0);
                } else {
                    s.put("img_scale", scales.getFirst());
                }
                add(s.dict());
            } else {
                add(step);
            }
        }
    }
}
