package terrazzo.data.scenes;

/// Paints a car as a box in perspective: the side that the camera sees, then the end that is nearer.
final class CarPainter {

    private static final float LENGTH = 4.3f;
    private static final float HALF = 0.9f;

    /// Half the roof's width.
    private static final float TOP_HALF = 0.72f;

    /// Height of the windows' lower edge.
    private static final float BELT = 0.92f;

    /// How far windscreen and rear window lean in.
    private static final float LEAN = 0.4f;

    /// @param start depth of its end towards the camera, at the belt
    /// @param stop depth of its other end
    /// @param roof height
    private record Cabin(float start, float stop, float roof) {}

    private final Canvas canvas;
    private final Camera camera;
    private final Mood mood;

    CarPainter(Canvas canvas, Camera camera, Mood mood) {
        this.canvas = canvas;
        this.camera = camera;
        this.mood = mood;
    }

    /// @param near depth of the end towards the camera
    void paint(StreetObject.Car car, float near) {
        float far = near + LENGTH;
        float bonnet = car.kind() == 2 ? 0.4f : 1.2f; // at the far end, or at the near one when oncoming
        float boot = car.kind() == 0 ? 0.7f : 0.05f;
        Cabin cabin = new Cabin(
                near + (car.oncoming() ? bonnet : boot),
                far - (car.oncoming() ? boot : bonnet),
                car.kind() == 2 ? 1.95f : 1.46f);
        int lit = mood.seen(Colour.mixed(car.rgb(), 0xFFFFFF, 0.12f), 1.05f, near);
        shadow(car.x(), near, far);
        side(car, cabin, near);
        if (camera.y() > cabin.roof) {
            across(car.x(), lit, cabin.start + LEAN, cabin.roof, TOP_HALF, cabin.stop - LEAN, cabin.roof, TOP_HALF);
        }
        across(car.x(), lit, near, BELT, HALF, cabin.start, BELT, HALF);
        window(car, cabin, near);
        end(car, near);
    }

    private void shadow(float x, float near, float far) {
        float middle = (near + far) / 2;
        float top = camera.row(0, far);
        float bottom = camera.row(0, near);
        canvas.soft(
                camera.column(x, middle),
                (top + bottom) / 2,
                1.5f * HALF * camera.scale(near),
                (bottom - top) * 0.5f + 0.2f * camera.scale(near),
                0x0C0F12,
                0.75f);
    }

    private void side(StreetObject.Car car, Cabin cabin, float near) {
        float sign = camera.x() < car.x() ? -1 : 1;
        float edge = car.x() + sign * HALF;
        float far = near + LENGTH;
        int paint = mood.seen(car.rgb(), 0.78f, near);
        int tyre = mood.seen(0x1A1B1D, 1, near);
        wheel(edge, near + 0.75f, tyre);
        wheel(edge, far - 0.8f, tyre);
        wall(edge, near, far, 0.22f, BELT, paint);
        slanted(car.x(), sign, cabin, 0, paint);
        slanted(car.x(), sign, cabin, 0.12f, mood.seen(0x2C3640, 0.9f, near));
        float post = (cabin.start + cabin.stop) / 2;
        quad(
                paint,
                car.x() + sign * HALF,
                BELT,
                post - 0.06f,
                car.x() + sign * TOP_HALF,
                cabin.roof,
                post - 0.06f,
                post + 0.06f);
    }

    /// The cabin's side, or its windows: `rim` metres smaller all round. Narrower and shorter at the roof.
    private void slanted(float x, float sign, Cabin cabin, float rim, int rgb) {
        float low = BELT + rim * 0.3f;
        float high = cabin.roof - rim;
        float near = cabin.start + 1.6f * rim;
        float far = cabin.stop - 1.6f * rim;
        canvas.polygon(
                rgb,
                SceneClass.CAR,
                camera.column(x + sign * HALF, near),
                camera.row(low, near),
                camera.column(x + sign * TOP_HALF, near + LEAN),
                camera.row(high, near + LEAN),
                camera.column(x + sign * TOP_HALF, far - LEAN),
                camera.row(high, far - LEAN),
                camera.column(x + sign * HALF, far),
                camera.row(low, far));
    }

    /// A strip of the cabin's side between two depths.
    private void quad(int rgb, float lowX, float low, float lowZ, float highX, float high, float highZ, float endZ) {
        canvas.polygon(
                rgb,
                SceneClass.CAR,
                camera.column(lowX, lowZ),
                camera.row(low, lowZ),
                camera.column(highX, highZ),
                camera.row(high, highZ),
                camera.column(highX, endZ),
                camera.row(high, endZ),
                camera.column(lowX, endZ),
                camera.row(low, endZ));
    }

    /// A surface across the car from one depth and height to another: boot, bonnet, roof, window.
    ///
    /// @param nearHalf half its width at `near`
    private void across(
            float x, int rgb, float near, float nearY, float nearHalf, float far, float farY, float farHalf) {
        canvas.polygon(
                rgb,
                SceneClass.CAR,
                camera.column(x - nearHalf, near),
                camera.row(nearY, near),
                camera.column(x - farHalf, far),
                camera.row(farY, far),
                camera.column(x + farHalf, far),
                camera.row(farY, far),
                camera.column(x + nearHalf, near),
                camera.row(nearY, near));
    }

    private void wall(float x, float near, float far, float low, float high, int rgb) {
        canvas.polygon(
                rgb,
                SceneClass.CAR,
                camera.column(x, near),
                camera.row(low, near),
                camera.column(x, near),
                camera.row(high, near),
                camera.column(x, far),
                camera.row(high, far),
                camera.column(x, far),
                camera.row(low, far));
    }

    private void wheel(float x, float depth, int rgb) {
        float radius = 0.33f;
        float reach = Math.abs(camera.column(x, depth - radius) - camera.column(x, depth + radius)) / 2;
        canvas.ellipse(
                camera.column(x, depth),
                camera.row(radius, depth),
                Math.max(reach, 0.04f * camera.scale(depth)),
                radius * camera.scale(depth),
                rgb,
                SceneClass.CAR);
    }

    private void window(StreetObject.Car car, Cabin cabin, float depth) {
        int paint = mood.seen(car.rgb(), 1, depth);
        int glass = mood.seen(Colour.mixed(0x27313B, mood.zenith(), 0.3f), 1, depth);
        across(car.x(), paint, cabin.start, BELT, HALF, cabin.start + LEAN, cabin.roof, TOP_HALF);
        float low = BELT + 0.06f;
        float high = cabin.roof - 0.09f;
        across(car.x(), glass, cabin.start + 0.04f, low, HALF - 0.12f, cabin.start + LEAN, high, TOP_HALF - 0.08f);
    }

    private void end(StreetObject.Car car, float depth) {
        float x = camera.column(car.x(), depth);
        float foot = camera.row(0, depth);
        float unit = camera.scale(depth);
        float half = HALF * unit;
        int paint = mood.seen(car.rgb(), 1, depth);
        int lower = mood.seen(Colour.scaled(car.rgb(), 0.72f), 1, depth);
        int dark = mood.seen(0x17191B, 1, depth);
        SceneClass label = SceneClass.CAR;
        canvas.rectangle(x - 0.95f * half, foot - 0.4f * unit, x - 0.62f * half, foot, dark, label);
        canvas.rectangle(x + 0.62f * half, foot - 0.4f * unit, x + 0.95f * half, foot, dark, label);
        float belt = foot - BELT * unit;
        canvas.rectangle(x - half, belt, x + half, foot - 0.22f * unit, paint, label);
        canvas.rectangle(x - half, foot - 0.42f * unit, x + half, foot - 0.2f * unit, lower, label);
        int light = mood.seen(car.oncoming() ? 0xFFF8E0 : 0xB01818, 1.1f, depth);
        canvas.rectangle(x - 0.96f * half, foot - 0.82f * unit, x - 0.66f * half, foot - 0.66f * unit, light, label);
        canvas.rectangle(x + 0.66f * half, foot - 0.82f * unit, x + 0.96f * half, foot - 0.66f * unit, light, label);
        int middle = car.oncoming() ? dark : mood.seen(0xE8E8E0, 1, depth);
        float wide = car.oncoming() ? 0.45f : 0.28f;
        canvas.rectangle(x - wide * half, foot - 0.62f * unit, x + wide * half, foot - 0.5f * unit, middle, label);
    }
}
