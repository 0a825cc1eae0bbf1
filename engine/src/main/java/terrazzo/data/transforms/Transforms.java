package terrazzo.data.transforms;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import terrazzo.config.ConfigNode;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.Nearest;

/// The catalogue of pipeline steps by registered name. Immutable; plugins add theirs with [#with].
public final class Transforms {

    /// Makes a step from its settings; nested steps come from the catalogue.
    @FunctionalInterface
    public interface Reader {
        Transform read(ConfigNode settings, Transforms catalogue);
    }

    private final Map<String, Reader> readerByName;

    private Transforms(Map<String, Reader> readerByName) {
        this.readerByName = readerByName;
    }

    /// Every step of MMSegmentation 1.0.0rc0, and the 0.x names that old configs hold.
    public static Transforms builtIn() {
        Map<String, Reader> m = new LinkedHashMap<>();
        m.put("LoadImageFromFile", (c, _) -> LoadImageFromFile.read(c));
        m.put("LoadImageFromNDArray", (c, _) -> LoadImageFromNDArray.read(c));
        m.put("LoadAnnotations", (c, _) -> LoadAnnotations.read(c));
        m.put("Resize", (c, _) -> Resize.read(c));
        m.put("Normalize", (c, _) -> Normalize.read(c));
        m.put("Pad", (c, _) -> Pad.read(c));
        m.put("RandomFlip", (c, _) -> RandomFlip.read(c));
        m.put("PackSegInputs", (c, _) -> PackSegInputs.read(c));
        m.put("TestTimeAug", TestTimeAug::read);
        m.put("MultiScaleFlipAug", MultiScaleFlipAug::read);
        m.put("RandomResize", (c, _) -> RandomResize.read(c));
        m.put("RandomChoiceResize", (c, _) -> RandomChoiceResize.read(c));
        m.put("RandomCrop", (c, _) -> RandomCrop.read(c));
        m.put("RandomRotate", (c, _) -> RandomRotate.read(c));
        m.put("RandomCutOut", (c, _) -> RandomCutOut.read(c));
        m.put("RandomMosaic", (c, _) -> RandomMosaic.read(c));
        m.put("PhotoMetricDistortion", (c, _) -> PhotoMetricDistortion.read(c));
        m.put("CLAHE", (c, _) -> CLAHE.read(c));
        m.put("AdjustGamma", (c, _) -> AdjustGamma.read(c));
        m.put("RGB2Gray", (c, _) -> RGB2Gray.read(c));
        m.put("Rerange", (c, _) -> Rerange.read(c));
        m.put("ResizeToMultiple", (c, _) -> ResizeToMultiple.read(c));
        m.put("SegRescale", (c, _) -> SegRescale.read(c));
        for (String legacy : List.of("ImageToTensor", "ToTensor", "DefaultFormatBundle", "Collect")) {
            m.put(legacy, (c, _) -> LegacyFormat.read(c));
        }
        return new Transforms(m);
    }

    /// This catalogue with one more step; a name that is there already is replaced.
    public Transforms with(String name, Reader reader) {
        Map<String, Reader> more = new LinkedHashMap<>(readerByName);
        more.put(name, reader);
        return new Transforms(more);
    }

    /// Registered names in the order of the catalogue.
    public Set<String> names() {
        return Set.copyOf(readerByName.keySet());
    }

    /// The step that `settings` describe.
    ///
    /// @throws ConfigException when `type` is unknown, or a key is unknown or wrong
    public Transform build(ConfigNode settings) {
        String type = settings.type();
        Reader reader = readerByName.get(type.startsWith("mmcv.") ? type.substring("mmcv.".length()) : type);
        if (reader == null) {
            throw settings.error(
                    "type", "a transform", "'" + type + "'", Nearest.suggestion(type, readerByName.keySet()));
        }
        Transform step = reader.read(settings, this);
        settings.done();
        return step;
    }

    /// The steps of a `pipeline` list, in order.
    ///
    /// @throws ConfigException as [#build] does
    public Pipeline pipeline(List<ConfigNode> settings) {
        List<Transform> steps = new ArrayList<>();
        for (ConfigNode step : settings) {
            steps.add(build(step));
        }
        return new Pipeline(steps);
    }
}
