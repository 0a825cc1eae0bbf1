package terrazzo.data.scenes;

import java.util.ArrayList;
import java.util.List;

/// A straight street with houses on both sides. Everything is drawn from the seed in order of distance, so a longer
/// street of the same seed starts the same.
///
/// @param roadHalf half of the road's width, metres
/// @param pavement width of each pavement, metres
/// @param verge grass between pavement and houses, metres; often 0
/// @param asphalt colour of the road
/// @param paving colour of the pavements
/// @param crossing where a zebra crossing starts; negative for none
/// @param houses on the left (index 0) and on the right, from near to far
/// @param objects everything else, in no order
/// @param mood light and weather
record Street(
        float roadHalf,
        float pavement,
        float verge,
        int asphalt,
        int paving,
        float crossing,
        List<List<House>> houses,
        List<StreetObject> objects,
        Mood mood) {

    private static final int[] WALLS = {
        0xB5A48C, 0x9C6B54, 0xC9BFAE, 0x8A8F96, 0xA88C74, 0xD3C3A1, 0x7D6A60, 0xB86F56, 0xA3A89C, 0x8C9AA8, 0xC6A07A,
        0xDDD5C8
    };
    private static final int[] PAINTS = {
        0xC02020, 0x1E3F8C, 0xE6E6E6, 0x202225, 0x8D9399, 0x2F6E4F, 0xB9BEC4, 0xD8B020, 0x5A1F28, 0x3F7FB5, 0xF4F2EC
    };
    private static final int[] LEAVES = {0x4E7A2E, 0x3F6B2A, 0x5F8A36, 0x6F8F3A, 0x47703A, 0x86862F};

    /// A house or the gap where one could be.
    ///
    /// @param start near end along the street, metres
    /// @param end far end
    /// @param height of the wall
    /// @param wall colour
    /// @param key seeds windows and doors
    record House(float start, float end, float height, int wall, int key) {}

    /// @param length metres that are furnished
    static Street of(SceneRandom random, float length) {
        Mood mood = Mood.of(random);
        float roadHalf = random.between(3.2, 5.6);
        float pavement = random.between(2.0, 3.8);
        float verge = random.chance(0.4) ? random.between(1.0, 5.0) : 0;
        int asphalt = Colour.scaled(random.oneOf(0x56585C, 0x4A4B4E, 0x66676A), random.between(0.9, 1.1));
        int paving = Colour.scaled(random.oneOf(0x9C978F, 0xA8A29A, 0x8E8B88, 0xA3917F), random.between(0.9, 1.1));
        float crossing = random.chance(0.3) ? random.between(8, 40) : -1;
        long sides = random.below(1 << 30);
        double greenery = random.between(0.1, 1.0);
        List<List<House>> houses = new ArrayList<>();
        List<StreetObject> objects = new ArrayList<>();
        for (int side = -1; side <= 1; side += 2) {
            houses.add(houses(new SceneRandom(sides, 10 + side), length));
            furnish(
                    objects,
                    new SceneRandom(sides, 20 + side),
                    side,
                    new Kerb(roadHalf, pavement, verge),
                    length,
                    greenery);
        }
        traffic(objects, new SceneRandom(sides, 30), roadHalf, length);
        return new Street(roadHalf, pavement, verge, asphalt, paving, crossing, houses, objects, mood);
    }

    /// From the middle of the road to the houses' walls.
    float wallX() {
        return roadHalf + pavement + verge;
    }

    private record Kerb(float roadHalf, float pavement, float verge) {}

    private static List<House> houses(SceneRandom random, float length) {
        List<House> row = new ArrayList<>();
        float typical = random.between(5, 16);
        double gaps = random.between(0.05, 0.4);
        float z = -random.between(5, 20);
        while (z < length) {
            if (random.chance(gaps)) {
                z += random.between(2, 9);
            }
            float width = random.between(8, 20);
            float height = 3.1f * Math.max(2, (int) (random.between(0.6, 1.6) * typical / 3)) + 1;
            int wall = Colour.scaled(random.oneOf(WALLS), random.between(0.85, 1.15));
            row.add(new House(z, z + width, height, wall, random.below(1 << 20)));
            z += width;
        }
        return row;
    }

    private static void furnish(
            List<StreetObject> objects, SceneRandom random, int side, Kerb kerb, float length, double greenery) {
        float lampX = side * (kerb.roadHalf + 0.5f);
        float phase = random.between(0, 18);
        for (float z = 4 + phase; z < length; z += 22) {
            objects.add(new StreetObject.Lamp(lampX, z, 6.5f));
        }
        float treeX = side * (kerb.roadHalf + (kerb.verge > 1.5 ? kerb.pavement + kerb.verge * 0.5f : 0.9f));
        for (float z = random.between(5, 16); z < length; z += random.between(6, 17)) {
            if (random.chance(greenery * 0.8)) {
                float height = random.between(3.6, 8);
                objects.add(new StreetObject.Tree(treeX, z, height, random.oneOf(LEAVES), random.below(1 << 20)));
            }
        }
        for (float z = random.between(5, 30); z < length; z += random.between(16, 60)) {
            objects.add(new StreetObject.Sign(side * (kerb.roadHalf + 0.35f), z, random.below(4)));
        }
        for (float z = random.between(4, 10); z < length; z += random.between(2.5, 16)) {
            float across = random.between(0.8, Math.max(1.2, kerb.pavement - 0.5));
            float speed = (random.chance(0.5) ? 1 : -1) * random.between(0.7, 1.6);
            float height = random.chance(0.12) ? random.between(1.1, 1.4) : random.between(1.58, 1.9);
            objects.add(
                    new StreetObject.Person(side * (kerb.roadHalf + across), z, speed, height, random.below(1 << 20)));
        }
        if (kerb.roadHalf > 4.2) { // room for parked cars
            for (float z = random.between(6, 20); z < length; z += random.between(5.5, 24)) {
                objects.add(new StreetObject.Car(
                        side * (kerb.roadHalf - 1.15f), z, 0, random.oneOf(PAINTS), random.below(3), side < 0));
            }
        }
    }

    private static void traffic(List<StreetObject> objects, SceneRandom random, float roadHalf, float length) {
        float lane = roadHalf > 4.2 ? (roadHalf - 2.2f) * 0.5f + 0.15f : roadHalf * 0.5f;
        float pace = random.between(7, 10);
        for (float z = random.between(9, 30); z < length; z += random.between(13, 45)) {
            objects.add(new StreetObject.Car(lane, z, pace, random.oneOf(PAINTS), random.below(3), false));
        }
        for (float z = random.between(8, 30); z < 3 * length; z += random.between(12, 50)) {
            objects.add(new StreetObject.Car(-lane, z, -8, random.oneOf(PAINTS), random.below(3), true));
        }
        if (random.chance(0.35)) {
            float z = random.between(9, 26);
            objects.add(new StreetObject.Person(
                    random.between(-roadHalf, roadHalf), z, 0, random.between(1.6, 1.85), random.below(1 << 20)));
        }
    }
}
