package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javafx.scene.input.MouseButton;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import terrazzo.app.canvas.Tool;
import terrazzo.app.fx.FileDialogs;
import terrazzo.app.fx.FxBridge;
import terrazzo.app.l10n.Language;
import terrazzo.app.l10n.Texts;
import terrazzo.app.l10n.UserWords;
import terrazzo.app.notice.Notices;
import terrazzo.app.plugin.Additions;
import terrazzo.app.settings.SettingsStore;
import terrazzo.app.spi.StudioServices;
import terrazzo.app.task.TaskService;
import terrazzo.cli.Console;
import terrazzo.cli.Main;
import terrazzo.config.Config;
import terrazzo.config.ConfigLocator;
import terrazzo.config.ConfigNode;
import terrazzo.core.Size;
import terrazzo.core.image.LabelMap;
import terrazzo.core.image.Palette;
import terrazzo.data.datasets.BundledScenes;
import terrazzo.data.datasets.DataRoot;
import terrazzo.data.datasets.Dataset;
import terrazzo.data.sample.Draws;
import terrazzo.data.sample.Img;
import terrazzo.data.sample.Results;
import terrazzo.inference.Catalogues;
import terrazzo.inference.exporters.Exporter;
import terrazzo.inference.exporters.Exporters;
import terrazzo.plugin.Plugins;
import terrazzo.train.Observers;
import terrazzo.train.TrainRequest;
import terrazzo.train.Training;

/// Uses the plugin as a user does: from a jar in the folder for plugins.
class ExamplePluginTest {

    private static final String CONFIG = """
        custom_imports = dict(imports=['example_plugin'])
        norm_cfg = dict(type='BN')
        model = dict(
            type='EncoderDecoder',
            backbone=dict(type='ResNetV1c', depth=18, norm_cfg=norm_cfg),
            decode_head=dict(
                type='PointwiseHead', in_channels=512, in_index=3, channels=64, num_classes=3, norm_cfg=norm_cfg,
                loss_decode=dict(type='PolyLoss', epsilon=2.0)))
        test_dataloader = dict(dataset=dict(
            type='RoofDataset', data_root='.', data_prefix=dict(img_path='img'), lazy_init=True,
            pipeline=[dict(type='LoadImageFromFile'), dict(type='GreyWorld', strength=1.0)]))
        """;

    @TempDir
    private Path home;

    private Path config = Path.of("");

    /// Dialogs that nobody answers.
    private static final class NoDialogs implements FileDialogs {

        @Override
        public List<Path> open(String title, List<Kind> kinds) {
            return List.of();
        }

        @Override
        public Optional<Path> folder(String title) {
            return Optional.empty();
        }

        @Override
        public Optional<Path> save(String title, String suggestedName, Kind kind) {
            return Optional.empty();
        }
    }

    @BeforeEach
    void install() throws IOException, URISyntaxException {
        pack(Files.createDirectories(home.resolve("plugins")).resolve("plugin-example.jar"));
        config = Files.writeString(home.resolve("roofs.py"), CONFIG);
    }

    @Test
    void addsToTheStudio() {
        Texts texts = new Texts(Language.ENGLISH);
        FxBridge bridge = new FxBridge(Runnable::run);
        Notices notices = new Notices(new UserWords(texts));
        try (TaskService tasks = new TaskService(bridge, notices::showFailure);
                Plugins plugins = load()) {
            Additions additions = new Additions(
                    plugins,
                    new StudioServices(texts, tasks, new SettingsStore(home), new NoDialogs(), notices, bridge, home));
            assertEquals("", plugins.all().getFirst().failure());
            assertEquals(
                    List.of("workspace example.palette", "tool example.measure", "action example.greet"),
                    plugins.all().getFirst().added());
            assertEquals("Palette", texts.get("workspace.example.palette"));
            additions.actions().getFirst().perform();
            assertEquals("Hello from a plugin", notices.shown().getLast().title());
            assertNotEquals(
                    PaletteWorkspace.class.getClassLoader(),
                    additions.workspaces().getFirst().getClass().getClassLoader());
            Tool measure = additions.tools().getFirst().tool();
            measure.pressed(new Tool.Pointer(10, 20, MouseButton.PRIMARY, false));
            measure.released(new Tool.Pointer(13, 24, MouseButton.PRIMARY, false));
            assertEquals("5.0 pixels", notices.shown().getLast().title()); // 3, 4, 5
        }
    }

    @Test
    void addsToWhatConfigsCanName() throws IOException {
        try (Plugins plugins = load()) {
            Catalogues all = Catalogues.of(plugins);
            assertEquals(
                    Set.of("head PointwiseHead", "loss PolyLoss", "transform GreyWorld", "data set RoofDataset"),
                    new LinkedHashSet<>(plugins.all().getFirst().added()));
            ConfigNode root = Config.load(config).root();
            all.require(root);
            assertEquals(3, all.parts().segmentor(root.node("model")).numClasses());
            Dataset roofs = all.datasets().build(root.node("test_dataloader").node("dataset"));
            assertEquals(
                    List.of("ground", "roof", "solar panel"), roofs.metainfo().classes());
        }
    }

    @Test
    void trainsWithItsOptimizerAndSchedule() throws IOException {
        BundledScenes.copyTo(home.resolve("scenes"));
        Config training = DataRoot.set(
                        new ConfigLocator().load("unet-s4-w8_fcn_1xb4-30i_scenes-96x128", List.of()),
                        home.resolve("scenes"))
                .with(List.of(
                        "optim_wrapper.optimizer={'type':'SignSGD','lr':0.001,'_delete_':True}",
                        "optim_wrapper.paramwise_cfg=None",
                        "param_scheduler.0={'type':'HarmonicLR','by_epoch':False,'_delete_':True}",
                        "train_cfg.max_iters=3",
                        "train_cfg.val_interval=3"));
        TrainRequest request =
                new TrainRequest(training, home.resolve("work"), TrainRequest.Resume.NO, Optional.empty(), "cpu");
        try (Plugins plugins = load();
                Training run = Training.open(request, Catalogues.of(plugins), Observers.none())) {
            run.runner().run();
            assertEquals(
                    0.001 / 3,
                    run.runner().parts().optimizer().groups().getFirst().lr(),
                    1e-12);
            assertTrue(plugins.all().getFirst().added().contains("schedule Harmonic"));
        }
    }

    @Test
    void greyWorldMakesTheMeansEqual() {
        try (Plugins plugins = load()) {
            // blue, green, red: 40, 80, 120; their mean is 80
            Img.Bytes img = new Img.Bytes(new Size(1, 2), 3, new byte[] {40, 80, 120, 40, 80, 120});
            Results out = Catalogues.of(plugins)
                    .transforms()
                    .build(ConfigNode.ofType("GreyWorld", "pipeline[1]"))
                    .apply(Results.of(img), new Draws(0));
            Img.Bytes grey = assertInstanceOf(Img.Bytes.class, out.requireImg("the test"));
            assertEquals(80, grey.values()[0]);
            assertEquals(80, grey.values()[1]);
            assertEquals(80, grey.values()[2]);
        }
    }

    @Test
    void itsHookEndsATrainingWhoseLossRises() throws IOException {
        Path scenes = home.resolve("scenes");
        BundledScenes.copyTo(scenes);
        Path hooked = Files.writeString(
                home.resolve("hooked.py"),
                run("config", "print", "unet-s4-w8_fcn_1xb4-30i_scenes-96x128")
                        + "custom_hooks = [dict(type='LossCeilingHook', ceiling=0.001, warmup=2)]\n");
        String said = run(
                "train",
                hooked.toString(),
                "--data-root=" + scenes,
                "--work-dir=" + home.resolve("run"),
                "--device=cpu");
        assertTrue(said.contains("LossCeilingHook: iteration 3: expected a loss of at most 0.001, got "), said);
        assertTrue(said.contains(" — lower the learning rate or raise 'ceiling'"), said);
    }

    @Test
    void itsExporterWritesRuns() throws IOException {
        try (Plugins plugins = load()) {
            Exporters exporters = Exporters.of(plugins);
            LabelMap labels = new LabelMap(new Size(2, 3), new byte[] {0, 0, 1, 1, 1, (byte) 255});
            Path file = home.resolve("roofs.txt");
            var found = new Exporter.Found("roofs.png", labels, List.of("ground", "roof"), new Palette(List.of(0, 1)));
            Exporters.save(exporters.get("runs"), found, file);
            assertEquals("3 2\n2 ground\n3 roof\n1 unlabelled\n", Files.readString(file));
            assertEquals(Set.of("shares", "runs"), exporters.names());
        }
    }

    @Test
    void addsToTheCommandLine() {
        assertEquals("  0  #", run("palette", "1").substring(0, 6));
        String listed = run("plugins");
        assertTrue(listed.startsWith("Example 1.0 (plugin-example.jar)\n"), listed);
        assertTrue(listed.contains("  command terrazzo palette\n"), listed);
        assertTrue(listed.contains("  loss PolyLoss\n"), listed);
        assertTrue(listed.contains("  hook LossCeilingHook\n"), listed);
        assertTrue(listed.contains("  exporter runs\n"), listed);
        String described = run("model", "info", config.toString());
        assertTrue(described.contains("decode head     PointwiseHead\n"), described);
        assertTrue(described.contains("3: ground, roof, solar panel\n"), described);
    }

    @Test
    void withoutItTheConfigNamesWhatIsMissing() throws IOException {
        Files.delete(home.resolve("plugins").resolve("plugin-example.jar"));
        String said = run("model", "info", config.toString());
        assertTrue(
                said.contains("roofs.py:1: custom_imports.imports: expected a plugin for 'example_plugin',"
                        + " got no plugins — put its jar into the folder for plugins, ~/.terrazzo/plugins"),
                said);
    }

    private Plugins load() {
        return Plugins.load(home.resolve("plugins"), _ -> {});
    }

    /// What a command prints, errors too.
    private String run(String... args) {
        StringWriter out = new StringWriter();
        PrintWriter both = new PrintWriter(out);
        new Main(new Console(both, both, Map.of("TERRAZZO_HOME", home.toString()), false), List.of()).run(args);
        return out.toString().replace(System.lineSeparator(), "\n");
    }

    /// The jar as `mvn package` makes it.
    private static void pack(Path jar) throws IOException, URISyntaxException {
        Path classes = Path.of(ExamplePlugin.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path resources = Path.of("src", "main", "resources");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out)) {
            add(zip, classes, ".class");
            add(zip, resources, "");
        }
    }

    private static void add(JarOutputStream zip, Path root, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(f -> f.toString().endsWith(ending))
                    .toList()) {
                zip.putNextEntry(new JarEntry(root.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, zip);
            }
        }
    }
}
