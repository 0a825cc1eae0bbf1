package terrazzo.app;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javafx.stage.Stage;
import terrazzo.app.settings.Appearance;
import terrazzo.core.Size;

/// Takes pictures of the state a studio is in: one for each theme, language and size, in a folder for each.
///
/// @param studio open
/// @param stage its window
/// @param folder of the folders
/// @param looks wanted
/// @param wanted states whose name it finds; the others pass unseen
record ShotCamera(Studio studio, Stage stage, Path folder, List<Look> looks, Pattern wanted) {

    /// What transitions, fonts and the canvas's fine frame need after the last change.
    private static final int REST_MILLIS = 450;

    /// @param theme `light` or `dark`
    /// @param language `en` or `zh`
    /// @param size of the window
    record Look(String theme, String language, Size size) {

        /// All whose name is found by a pattern, such as `dark-zh-1024x700`.
        static List<Look> matching(Pattern wanted) {
            List<Look> looks = new ArrayList<>();
            for (Size size : List.of(new Size(700, 1024), new Size(900, 1440), new Size(1440, 2560))) {
                for (String theme : List.of("light", "dark")) {
                    for (String language : List.of("en", "zh")) {
                        looks.add(new Look(theme, language, size));
                    }
                }
            }
            return looks.stream()
                    .filter(look -> wanted.matcher(look.name()).find())
                    .toList();
        }

        String name() {
            return theme + "-" + language + "-" + size.width() + "x" + size.height();
        }
    }

    /// Something done on the UI thread.
    interface Step {

        void run() throws IOException;
    }

    void shoot(String state) throws Exception {
        shoot(state, () -> {}, () -> {});
    }

    /// @param before done after each change of the look, for what closes by itself
    /// @param after done after each picture
    void shoot(String state, Step before, Step after) throws Exception {
        if (!wanted.matcher(state).find()) {
            new OpenStudio(studio).settle(); // what comes next may need what was asked for
            return;
        }
        for (Look look : looks) {
            dress(look);
            new OpenStudio(studio).settle();
            ui(before);
            TimeUnit.MILLISECONDS.sleep(REST_MILLIS);
            new OpenStudio(studio).settle();
            take(state, look);
            ui(after);
        }
    }

    /// Pictures of work that isn't over.
    ///
    /// @param begin done after each change of the look
    /// @param millis from there to the picture
    void shootAtWork(String state, Step begin, long millis) throws Exception {
        if (!wanted.matcher(state).find()) {
            return;
        }
        for (Look look : looks) {
            dress(look);
            ui(begin);
            TimeUnit.MILLISECONDS.sleep(millis);
            take(state, look);
        }
    }

    private void dress(Look look) throws Exception {
        ui(() -> {
            studio.appearanceProperty().set(new Appearance(look.theme, look.language));
            Screenshots.resize(stage, look.size);
        });
        TimeUnit.MILLISECONDS.sleep(REST_MILLIS / 2);
    }

    private void take(String state, Look look) throws Exception {
        Path file = Files.createDirectories(folder.resolve(look.name())).resolve(state + ".png");
        BufferedImage picture = OpenStudio.ui(() -> Screenshots.of(stage));
        Screenshots.write(picture, file);
    }

    static void ui(Step work) throws InterruptedException, IOException {
        try {
            OpenStudio.ui(() -> {
                work.run();
                return true;
            });
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }
}
