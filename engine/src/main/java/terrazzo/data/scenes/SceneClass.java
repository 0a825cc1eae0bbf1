package terrazzo.data.scenes;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import terrazzo.core.image.Palette;

/// The classes of the scenes; declared in the order of their labels. Names and colours are those that Cityscapes gave
/// them.
public enum SceneClass {
    ROAD(0, 0x804080),
    SIDEWALK(1, 0xF423E8),
    BUILDING(2, 0x464646),
    VEGETATION(3, 0x6B8E23),
    SKY(4, 0x4682B4),
    CAR(5, 0x00008E),
    PERSON(6, 0xDC143C),
    /// Lamps and signs, with what they stand on.
    POLE(7, 0x999999);

    private final int label;
    private final int rgb;

    SceneClass(int label, int rgb) {
        this.label = label;
        this.rgb = rgb;
    }

    /// The index in label maps.
    public int label() {
        return label;
    }

    /// The class names in the order of their labels, in lower case as data sets write them.
    public static List<String> names() {
        return Arrays.stream(values())
                .map(c -> c.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /// The colours in the order of the labels.
    public static Palette palette() {
        return new Palette(Arrays.stream(values()).map(c -> c.rgb).toList());
    }
}
