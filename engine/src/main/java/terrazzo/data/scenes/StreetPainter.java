package terrazzo.data.scenes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Paints what a camera sees of a street at a moment, back to front.
final class StreetPainter {

    /// Objects further away are smaller than a pixel or hidden in haze.
    private static final float FAR = 150;

    private record Placed(StreetObject object, float depth) {}

    private StreetPainter() {}

    /// @param seconds since the start; moves cars and people
    /// @param key seeds clouds; the same for all pictures of a video
    /// @param grain seeds the sensor's noise
    static Scene paint(Street street, Camera camera, float seconds, int key, int grain) {
        Canvas canvas = new Canvas(camera.size());
        new SceneryPainter(canvas, camera, street).paint(key);
        ObjectPainter painter = new ObjectPainter(canvas, camera, street.mood());
        List<Placed> visible = new ArrayList<>();
        for (StreetObject object : street.objects()) {
            float depth = camera.depth(object.z() + object.speed() * seconds);
            boolean clear = depth > (object instanceof StreetObject.Car ? 4 : 2.5f);
            if (clear && depth < FAR) {
                visible.add(new Placed(object, depth));
            }
        }
        visible.sort(Comparator.comparingDouble(Placed::depth).reversed());
        for (Placed placed : visible) {
            painter.paint(placed.object, placed.depth);
        }
        Mood mood = street.mood();
        return canvas.finish(mood.blur(), mood.noise(), grain);
    }
}
