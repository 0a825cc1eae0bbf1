package terrazzo.data.scenes;

import java.util.List;

/// Paints what does not move: sky, ground and houses.
final class SceneryPainter {

    /// How deep houses are behind their walls, metres.
    private static final float HOUSE_DEPTH = 14;

    private final Canvas canvas;
    private final Camera camera;
    private final Street street;
    private final Mood mood;

    SceneryPainter(Canvas canvas, Camera camera, Street street) {
        this.canvas = canvas;
        this.camera = camera;
        this.street = street;
        this.mood = street.mood();
    }

    void paint(int key) {
        sky(key);
        ground();
        farTrees(key);
        List<Street.House> left = street.houses().get(0);
        List<Street.House> right = street.houses().get(1);
        for (int i = left.size() - 1; i >= 0; i--) {
            house(left.get(i), -1);
        }
        for (int i = right.size() - 1; i >= 0; i--) {
            house(right.get(i), 1);
        }
    }

    private void sky(int key) {
        int last = Math.min(canvas.height, Canvas.firstAt(camera.horizon()) + 1);
        for (int y = 0; y < last; y++) {
            float high = Math.clamp(1 - (y + 0.5f) / camera.horizon(), 0f, 1f);
            int rgb = Colour.mixed(mood.horizon(), mood.zenith(), high * (2 - high));
            canvas.row(y, 0, canvas.width, rgb, SceneClass.SKY);
        }
        SceneRandom random = new SceneRandom(key, 5);
        int white = Colour.mixed(0xFFFFFF, mood.horizon(), 0.35f);
        for (int i = 0; i < mood.clouds(); i++) {
            float x = random.between(0, canvas.width);
            float y = random.between(0.05, 0.7) * camera.horizon();
            float reach = random.between(0.05, 0.13) * canvas.width;
            for (int puff = 0; puff < 7; puff++) {
                float radius = reach * random.between(0.35, 0.8);
                canvas.soft(
                        x + reach * random.between(-1.4, 1.4),
                        Math.min(y + reach * random.between(-0.12, 0.12), camera.horizon() - radius * 0.3f),
                        radius,
                        radius * 0.3f,
                        white,
                        0.5f);
            }
        }
    }

    /// A line of trees that closes the view.
    private void farTrees(int key) {
        float distance = 190;
        int rgb = mood.seen(0x5B7A45, 0.8f, distance * 0.8f);
        for (int x = 0; x < canvas.width; x++) {
            float worldX = (x + 0.5f - camera.centerX()) / camera.focal() * distance;
            float top = 5 + 4 * smooth(worldX / 9, key) + 1.5f * smooth(worldX / 2.3f, key + 1);
            canvas.rectangle(x, camera.row(top, distance), x + 1, camera.row(0, distance), rgb, SceneClass.VEGETATION);
        }
    }

    private static float smooth(float at, int key) {
        int cell = (int) Math.floor(at);
        float part = at - cell;
        float a = SceneRandom.unit(cell, 0, key);
        float b = SceneRandom.unit(cell + 1, 0, key);
        return a + (b - a) * part * part * (3 - 2 * part);
    }

    private void ground() {
        float kerb = street.roadHalf() + 0.18f;
        float path = street.roadHalf() + street.pavement();
        float wall = street.wallX();
        for (int y = Math.max(0, Canvas.firstAt(camera.horizon())); y < canvas.height; y++) {
            float depth = camera.focal() * camera.y() / (y + 0.5f - camera.horizon());
            float z = camera.z() + depth;
            float step = depth / camera.focal();
            float far = Math.min(1, depth / 45);
            int asphalt = mood.seen(street.asphalt(), 1, depth);
            int paint = mood.seen(0xE8E6DE, 1, depth);
            int paving = mood.seen(street.paving(), 1, depth);
            int joint = mood.seen(street.paving(), 0.86f + 0.14f * far, depth);
            int stone = mood.seen(0xC0BDB6, 1, depth);
            int grass = mood.seen(0x6C8B46, 1, depth);
            boolean row = isJoint(z, 0.6f, step);
            int cellZ = (int) Math.floor(z * 12);
            float x = camera.x() + (0.5f - camera.centerX()) * step;
            for (int column = 0; column < canvas.width; column++, x += step) {
                float side = Math.abs(x);
                float grain = SceneRandom.unit((int) Math.floor(x * 12), cellZ, 7);
                float shade = 1 + (grain - 0.5f) * 0.16f * (1 - far);
                if (side < street.roadHalf()) {
                    int rgb = isPainted(x, z, step) ? paint : asphalt;
                    canvas.set(column, y, Colour.scaled(rgb, shade), SceneClass.ROAD);
                } else if (side < kerb) {
                    canvas.set(column, y, stone, SceneClass.SIDEWALK);
                } else if (side < path || (street.verge() == 0 && side < wall + 8)) {
                    boolean line = row || isJoint(x, 0.6f, step);
                    canvas.set(column, y, Colour.scaled(line ? joint : paving, shade), SceneClass.SIDEWALK);
                } else {
                    float blade = 1 + (grain - 0.5f) * 0.5f * (1 - far);
                    canvas.set(column, y, Colour.scaled(grass, blade), SceneClass.VEGETATION);
                }
            }
        }
    }

    /// Whether a line of the grid with `spacing` metres runs here; never finer than a pixel.
    private static boolean isJoint(float at, float spacing, float pixel) {
        float cells = at / spacing;
        float part = (cells - (float) Math.floor(cells)) * spacing;
        return part < Math.max(0.025f, Math.min(pixel, 0.05f));
    }

    private boolean isPainted(float x, float z, float pixel) {
        float half = Math.max(0.07f, Math.min(pixel * 0.6f, 0.12f));
        if (street.crossing() >= 0 && z >= street.crossing() && z < street.crossing() + 3) {
            float stripes = (x + 50) / 1.0f;
            return stripes - (float) Math.floor(stripes) < 0.5f && Math.abs(x) < street.roadHalf() - 0.3f;
        }
        float dashes = z / 6;
        boolean dash = dashes - (float) Math.floor(dashes) < 0.5f;
        boolean middle = Math.abs(x) < half && dash;
        boolean edge = Math.abs(Math.abs(x) - (street.roadHalf() - 0.25f)) < half * 0.8f;
        return middle || edge;
    }

    /// Paints the two walls of a house that can be seen: the one along the street, and the one towards the camera.
    private void house(Street.House house, int side) {
        float wallX = side * street.wallX();
        float near = camera.depth(house.start());
        float far = camera.depth(house.end());
        if (far <= Camera.NEAR) {
            return;
        }
        if (near > Camera.NEAR) {
            float inner = camera.column(wallX, near);
            float outer = camera.column(wallX + side * HOUSE_DEPTH, near);
            columns(Math.min(inner, outer), Math.max(inner, outer), x -> {
                float worldX = camera.x() + (x - camera.centerX()) * near / camera.focal();
                wallColumn(house, (int) x, near, Math.abs(worldX - wallX), 0.82f);
            });
        }
        float from = camera.column(wallX, Math.max(near, Camera.NEAR));
        float to = camera.column(wallX, far);
        float light = side > 0 ? 1 - 0.25f * mood.sunny() : 1;
        columns(Math.min(from, to), Math.max(from, to), x -> {
            float depth = camera.focal() * (wallX - camera.x()) / (x - camera.centerX());
            wallColumn(house, (int) x, depth, camera.z() + depth - house.start(), light);
        });
    }

    private interface Column {
        void paint(float center);
    }

    private void columns(float left, float right, Column column) {
        int last = Math.min(canvas.width, Canvas.firstAt(right));
        for (int x = Math.max(0, Canvas.firstAt(left)); x < last; x++) {
            column.paint(x + 0.5f);
        }
    }

    /// @param along metres from the wall's edge
    private void wallColumn(Street.House house, int x, float depth, float along, float light) {
        float step = depth / camera.focal();
        int top = Math.max(0, Canvas.firstAt(camera.row(house.height(), depth)));
        int bottom = Math.min(canvas.height, Canvas.firstAt(camera.row(0, depth)));
        int wall = mood.seen(house.wall(), light, depth);
        int ledge = mood.seen(Colour.scaled(house.wall(), 1.2f), light, depth);
        int plinth = mood.seen(Colour.scaled(house.wall(), 0.62f), light, depth);
        int frame = mood.seen(0xD8D4CC, light, depth);
        float bay = 2.2f + (house.key() & 3) * 0.3f;
        float bays = along / bay;
        int window = (int) Math.floor(bays);
        float across = bays - window;
        boolean shops = (house.key() & 12) == 0;
        boolean inWindow = across > 0.24f && across < 0.76f;
        boolean inFrame = across > 0.19f && across < 0.81f;
        for (int y = top; y < bottom; y++) {
            float up = camera.y() - (y + 0.5f - camera.horizon()) * step;
            float floors = up / 3.1f;
            int floor = (int) Math.floor(floors);
            float part = floors - floor;
            int rgb = wall;
            if (up > house.height() - 0.45f) {
                rgb = ledge;
            } else if (up < 0.4f) {
                rgb = plinth;
            } else if (floor == 0 && shops) {
                if (part > 0.14f && part < 0.82f && across > 0.06f && across < 0.94f) {
                    rgb = glass(house, window / 2, 0, part, depth, light);
                } else if (part >= 0.82f && part < 0.96f) {
                    int[] awnings = {0xA03028, 0x2E5E46, 0x2B4A78, 0xC29A3A};
                    rgb = mood.seen(awnings[(house.key() >> 4) & 3], light, depth);
                }
            } else if (inWindow && part > 0.3f && part < 0.8f && up < house.height() - 1.1f) {
                boolean bar = Math.abs(across - 0.5f) * bay < Math.max(0.03f, step * 0.3f);
                rgb = bar && depth < 40 ? frame : glass(house, window, floor, part, depth, light);
            } else if (inFrame && part > 0.25f && part < 0.84f && up < house.height() - 1) {
                rgb = frame;
            }
            canvas.set(x, y, rgb, SceneClass.BUILDING);
        }
    }

    private int glass(Street.House house, int window, int floor, float part, float depth, float light) {
        float random = SceneRandom.unit(window, floor, house.key());
        int inside = random < 0.12f ? 0xD9C27E : random < 0.35f ? 0x8FA3B4 : 0x3A4754;
        int mirrored = Colour.mixed(inside, mood.zenith(), 0.15f + 0.35f * part);
        return mood.seen(mirrored, light, depth);
    }
}
