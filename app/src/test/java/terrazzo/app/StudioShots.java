package terrazzo.app;

import static terrazzo.app.ShotCamera.ui;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javafx.application.Platform;
import javafx.stage.Stage;
import javafx.stage.StageStyle;
import terrazzo.app.fx.WindowDialogs;
import terrazzo.app.segment.EngineSegmentation;
import terrazzo.core.UserFolder;
import terrazzo.inference.Catalogues;
import terrazzo.plugin.Plugins;

/// Writes pictures of every state in both themes, both languages and three sizes, to be looked at. Arguments: folder,
/// a video (or `-`), a folder of runs that have samples (or `-`) and a data set of drawn scenes to train on (or `-`).
/// `-Dshots.looks` and `-Dshots.states` are patterns that choose some, `-Dshots.parts` names parts that are done at
/// all, `-Dshots.plugin` is the jar of one that is loaded:
/// `-Dshots.looks=dark-zh -Dshots.states=hover -Dshots.parts=inference,charts`.
final class StudioShots {

    private final Path home;
    private final Studio studio;
    private final ShotCamera camera;

    private StudioShots(Path folder, Path home) {
        this.home = home;
        UserFolder user = new UserFolder(home);
        Stage stage = new Stage(StageStyle.UNDECORATED);
        var surroundings = new Studio.Surroundings(
                new StudioHome(user),
                new WindowDialogs(() -> stage),
                new EngineSegmentation(Catalogues::builtIn, user),
                Plugins.load(home.resolve("plugins"), _ -> {}));
        this.studio = new Studio(stage, surroundings, StudioOptions.plain());
        this.camera = new ShotCamera(
                studio,
                stage,
                folder,
                ShotCamera.Look.matching(Pattern.compile(System.getProperty("shots.looks", ""))),
                Pattern.compile(System.getProperty("shots.states", "")));
        studio.show();
    }

    public static void main(String[] args) throws Exception {
        StudioCommand.headless();
        Platform.startup(() -> {});
        Path home = Files.createTempDirectory("shots");
        Path plugins = Files.createDirectories(home.resolve("plugins"));
        Files.writeString(plugins.resolve("broken.jar"), "not a jar");
        String plugin = System.getProperty("shots.plugin");
        if (plugin != null) {
            Files.copy(Path.of(plugin), plugins.resolve("plugin.jar"));
        }
        String root = home.resolve("work_dirs").toString().replace("\\", "\\\\");
        Files.writeString(
                Files.createDirectories(home.resolve("settings")).resolve("train.json"),
                "{\"version\":1,\"root\":\"" + root + "\",\"config\":\"\"}");
        StudioShots shots = OpenStudio.ui(() -> new StudioShots(Path.of(args[0]), home));
        List<String> parts = List.of(System.getProperty("shots.parts", "inference,video,train,charts,shell")
                .split(","));
        try {
            shots.take(parts, args);
        } finally {
            ui(shots.studio::close);
            Platform.exit();
        }
    }

    private void take(List<String> parts, String[] args) throws Exception {
        InferenceShots inference = new InferenceShots(home, studio, camera);
        if (parts.contains("inference")) {
            inference.inference();
        }
        if (parts.contains("video")) {
            inference.video(args[1]);
        }
        if (parts.contains("train")) {
            new TrainShots(home, studio, camera).train(args[2], args[3]);
        }
        if (parts.contains("charts")) {
            new ChartsShots(home, studio, camera).charts(args[2]);
        }
        if (parts.contains("shell")) {
            new ShellShots(home, studio, camera).shell();
        }
    }
}
