package terrazzo.data.scenes;

/// Paints cars, people, trees, lamps and signs. Sizes are in metres until they reach the canvas.
final class ObjectPainter {

    private final Canvas canvas;
    private final Camera camera;
    private final Mood mood;

    ObjectPainter(Canvas canvas, Camera camera, Mood mood) {
        this.canvas = canvas;
        this.camera = camera;
        this.mood = mood;
    }

    /// @param depth metres in front of the camera, at least [Camera#NEAR]
    void paint(StreetObject object, float depth) {
        switch (object) {
            case StreetObject.Car car -> new CarPainter(canvas, camera, mood).paint(car, depth);
            case StreetObject.Person person -> person(person, depth);
            case StreetObject.Tree tree -> tree(tree, depth);
            case StreetObject.Lamp lamp -> lamp(lamp, depth);
            case StreetObject.Sign sign -> sign(sign, depth);
        }
    }

    private void shadow(float x, float radius, float depth) {
        float scale = camera.scale(depth);
        canvas.soft(
                camera.column(x, depth),
                camera.row(0, depth),
                radius * scale,
                radius * scale * Math.min(0.4f, 1.2f / depth),
                0x101418,
                0.25f + 0.3f * mood.sunny());
    }

    private void person(StreetObject.Person person, float depth) {
        shadow(person.x(), 0.45f, depth);
        SceneRandom random = new SceneRandom(person.key(), 1);
        int skin = mood.seen(random.oneOf(0xE0B294, 0xC68E6A, 0x8A5A3C, 0xF0CBAE), 1, depth);
        int coat =
                mood.seen(random.oneOf(0x8C2F39, 0x2F4A6E, 0x40474F, 0xB89B5E, 0x4F6B4A, 0xD0D0CC, 0x7A5C8A), 1, depth);
        int trousers = mood.seen(random.oneOf(0x2B2F3A, 0x3C4658, 0x5A5148, 0x1F2226), 1, depth);
        int hair = mood.seen(random.oneOf(0x2A1F18, 0x5B4026, 0x8A6A3E, 0x444444), 1, depth);
        float unit = person.height() * camera.scale(depth);
        float x = camera.column(person.x(), depth);
        float foot = camera.row(0, depth);
        float stride = unit * random.between(0.03, 0.1);
        float half = unit * random.between(0.10, 0.135);
        SceneClass label = SceneClass.PERSON;
        for (int leg = -1; leg <= 1; leg += 2) {
            float at = x + leg * stride;
            float hip = x + leg * unit * 0.045f;
            float thick = unit * 0.045f;
            canvas.polygon(
                    trousers,
                    label,
                    hip - thick,
                    foot - unit * 0.5f,
                    hip + thick,
                    foot - unit * 0.5f,
                    at + thick * 0.8f,
                    foot,
                    at - thick * 0.8f,
                    foot);
        }
        int sleeve = Colour.scaled(coat, 0.85f);
        for (int arm = -1; arm <= 1; arm += 2) {
            float shoulder = x + arm * half * 0.9f;
            float hand = x + arm * (half + stride * 0.5f);
            float thick = unit * 0.032f;
            canvas.polygon(
                    sleeve,
                    label,
                    shoulder - thick,
                    foot - unit * 0.82f,
                    shoulder + thick,
                    foot - unit * 0.82f,
                    hand + thick,
                    foot - unit * 0.47f,
                    hand - thick,
                    foot - unit * 0.47f);
        }
        canvas.polygon(
                coat,
                label,
                x - half * 0.8f,
                foot - unit * 0.84f,
                x + half * 0.8f,
                foot - unit * 0.84f,
                x + half,
                foot - unit * 0.45f,
                x - half,
                foot - unit * 0.45f);
        float head = unit * 0.07f;
        canvas.rectangle(x - head * 0.4f, foot - unit * 0.88f, x + head * 0.4f, foot - unit * 0.82f, skin, label);
        canvas.ellipse(x, foot - unit * 0.935f, head * 0.9f, head, hair, label);
        canvas.ellipse(x, foot - unit * 0.915f, head * 0.75f, head * 0.75f, skin, label);
    }

    private void tree(StreetObject.Tree tree, float depth) {
        shadow(tree.x(), tree.height() * 0.3f, depth);
        SceneRandom random = new SceneRandom(tree.key(), 2);
        float scale = camera.scale(depth);
        float x = camera.column(tree.x(), depth);
        float foot = camera.row(0, depth);
        float unit = tree.height() * scale;
        int bark = mood.seen(0x5C4A3A, 1, depth);
        float thick = unit * random.between(0.018, 0.03);
        canvas.polygon(
                bark,
                SceneClass.VEGETATION,
                x - thick * 0.6f,
                foot - unit * 0.6f,
                x + thick * 0.6f,
                foot - unit * 0.6f,
                x + thick,
                foot,
                x - thick,
                foot);
        for (int i = 0; i < 16; i++) {
            float high = i / 15f; // from the lower, darker parts to the upper ones in the light
            float width = 0.27f * (1.1f - Math.abs(high - 0.4f));
            float leafX = x + unit * width * random.between(-1, 1);
            float leafY = foot - unit * (0.45f + 0.42f * high + random.between(-0.04, 0.04));
            float radius = unit * random.between(0.09, 0.15);
            int rgb = mood.seen(tree.rgb(), 0.62f + 0.5f * high + random.between(-0.07, 0.07), depth);
            foliage(leafX, leafY, radius, rgb, tree.key() + i);
        }
    }

    /// A round tuft with a ragged edge and leaves in it; grains keep their size relative to the tuft.
    private void foliage(float x, float y, float radius, int rgb, int key) {
        int bottom = Math.min(canvas.height, Canvas.firstAt(y + radius));
        int end = Math.min(canvas.width, Canvas.firstAt(x + radius));
        float cells = Math.min(1, 9 / radius);
        int light = Colour.scaled(rgb, 1.16f);
        int dark = Colour.scaled(rgb, 0.84f);
        for (int row = Math.max(0, Canvas.firstAt(y - radius)); row < bottom; row++) {
            float dy = (row + 0.5f - y) / radius;
            for (int column = Math.max(0, Canvas.firstAt(x - radius)); column < end; column++) {
                float dx = (column + 0.5f - x) / radius;
                float grain = SceneRandom.unit(
                        (int) Math.floor((column - x) * cells), (int) Math.floor((row - y) * cells), key);
                if (dx * dx + dy * dy < 0.72f + 0.28f * grain) {
                    float lit = grain - 0.25f * (dx + dy);
                    int leaf = lit > 0.72f ? light : lit < 0.3f ? dark : rgb;
                    canvas.set(column, row, leaf, SceneClass.VEGETATION);
                }
            }
        }
    }

    private void lamp(StreetObject.Lamp lamp, float depth) {
        float scale = camera.scale(depth);
        float x = camera.column(lamp.x(), depth);
        float foot = camera.row(0, depth);
        float top = camera.row(lamp.height(), depth);
        int steel = mood.seen(0x6E7276, 1, depth);
        float inwards = lamp.x() > 0 ? -1 : 1;
        canvas.rectangle(x - 0.07f * scale, top, x + 0.07f * scale, foot, steel, SceneClass.POLE);
        canvas.rectangle(x - 0.12f * scale, foot - 0.9f * scale, x + 0.12f * scale, foot, steel, SceneClass.POLE);
        float end = x + inwards * 1.5f * scale;
        canvas.rectangle(
                Math.min(x, end), top, Math.max(x, end), top + Math.max(1, 0.09f * scale), steel, SceneClass.POLE);
        canvas.ellipse(
                end, top + 0.06f * scale, 0.35f * scale, 0.11f * scale, mood.seen(0xB9BBB8, 1, depth), SceneClass.POLE);
    }

    private void sign(StreetObject.Sign sign, float depth) {
        float scale = camera.scale(depth);
        float x = camera.column(sign.x(), depth);
        float foot = camera.row(0, depth);
        float middle = camera.row(2.5f, depth);
        float r = 0.36f * scale;
        SceneClass pole = SceneClass.POLE;
        int white = mood.seen(0xF2F2EE, 1, depth);
        int red = mood.seen(0xC41E2A, 1, depth);
        canvas.rectangle(x - 0.045f * scale, middle, x + 0.045f * scale, foot, mood.seen(0x8E9296, 1, depth), pole);
        switch (sign.kind()) {
            case 0 -> {
                canvas.ellipse(x, middle, r, r, red, pole);
                canvas.ellipse(x, middle, r * 0.72f, r * 0.72f, white, pole);
            }
            case 1 -> {
                canvas.polygon(red, pole, x, middle - r, x + r, middle + 0.75f * r, x - r, middle + 0.75f * r);
                canvas.polygon(
                        white,
                        pole,
                        x,
                        middle - 0.5f * r,
                        x + 0.6f * r,
                        middle + 0.55f * r,
                        x - 0.6f * r,
                        middle + 0.55f * r);
            }
            case 2 -> {
                canvas.rectangle(x - r, middle - r, x + r, middle + r, white, pole);
                int blue = mood.seen(0x2050A0, 1, depth);
                canvas.rectangle(x - 0.88f * r, middle - 0.88f * r, x + 0.88f * r, middle + 0.88f * r, blue, pole);
            }
            default -> {
                int box = mood.seen(0x24282B, 1, depth);
                canvas.rectangle(x - 0.45f * r, middle - 1.3f * r, x + 0.45f * r, middle + 1.3f * r, box, pole);
                int[] lights = {0x5A1A18, 0x5C4A18, 0x30D070};
                for (int i = 0; i < 3; i++) {
                    float y = middle + (i - 1) * 0.8f * r;
                    canvas.ellipse(x, y, 0.27f * r, 0.27f * r, mood.seen(lights[i], 1, depth), pole);
                }
            }
        }
    }
}
