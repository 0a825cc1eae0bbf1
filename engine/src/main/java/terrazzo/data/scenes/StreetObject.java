package terrazzo.data.scenes;

/// What stands or moves in a street; painted from far to near by [ObjectPainter].
sealed interface StreetObject {

    /// From the middle of the road to the right, in metres.
    float x();

    /// Along the street at time 0, in metres.
    float z();

    /// Along the street, in metres per second.
    float speed();

    /// @param rgb of the paint
    /// @param kind 0 saloon, 1 estate, 2 van
    /// @param oncoming whether it shows its front
    record Car(float x, float z, float speed, int rgb, int kind, boolean oncoming) implements StreetObject {}

    /// @param height in metres
    /// @param key seeds clothes and pose
    record Person(float x, float z, float speed, float height, int key) implements StreetObject {}

    /// @param height in metres
    /// @param key seeds the crown
    record Tree(float x, float z, float height, int rgb, int key) implements StreetObject {
        @Override
        public float speed() {
            return 0;
        }
    }

    /// @param height in metres; the lamp hangs over the road
    record Lamp(float x, float z, float height) implements StreetObject {
        @Override
        public float speed() {
            return 0;
        }
    }

    /// @param kind 0 round, 1 triangle, 2 board, 3 traffic light
    record Sign(float x, float z, int kind) implements StreetObject {
        @Override
        public float speed() {
            return 0;
        }
    }
}
