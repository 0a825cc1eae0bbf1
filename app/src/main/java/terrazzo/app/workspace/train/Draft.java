package terrazzo.app.workspace.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableMap;
import terrazzo.app.l10n.Texts;
import terrazzo.app.spi.StudioServices;
import terrazzo.app.task.RunningTask;
import terrazzo.app.task.TaskService.Lane;
import terrazzo.config.Config;
import terrazzo.config.ConfigLocator;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.EngineException;
import terrazzo.data.datasets.BundledScenes;
import terrazzo.data.datasets.DataRoot;
import terrazzo.inference.Catalogues;

/// The config that is being prepared for the next run, as text and as fields, and what is wrong with it. UI thread
/// only.
final class Draft {

    private final StudioServices services;
    private final Supplier<Catalogues> catalogues;
    private final StringProperty name = new SimpleStringProperty("");
    private final StringProperty text = new SimpleStringProperty("");
    private final ObjectProperty<Optional<Problem>> problem = new SimpleObjectProperty<>(Optional.empty());
    private final Map<Field, StringProperty> fields = new EnumMap<>(Field.class);
    private final Map<Field, String> typed = new EnumMap<>(Field.class);
    private final ObservableMap<Field, Fault> faults = FXCollections.observableMap(new EnumMap<>(Field.class));
    private final BooleanProperty isRead = new SimpleBooleanProperty();
    private final ObservableBooleanValue isSound = Bindings.createBooleanBinding(
            () -> problem.get().isEmpty()
                    && !text.get().isEmpty()
                    && faults.values().stream().allMatch(Fault::isMissing),
            problem,
            text,
            faults);

    /// What is wrong with the text.
    ///
    /// @param line where, 0 when that is not known
    /// @param complaint of the engine
    record Problem(int line, Complaint complaint) {

        /// The sentence after its line; the file is the one that is seen.
        String text(Texts texts) {
            String place = ":" + line;
            String where = complaint.where();
            int after = line > 0 ? where.indexOf(place) : -1;
            String rest = after < 0 ? where : where.substring(after + place.length());
            String sentence = texts.sentence(at(rest.startsWith(": ") ? rest.substring(2) : rest, complaint));
            return line > 0 ? texts.get("train.problem.line", line, sentence) : sentence;
        }
    }

    /// What is wrong with a field.
    ///
    /// @param complaint of what can't be meant; empty when a file or a folder that it names is not there
    /// @param value as it stands in the field
    record Fault(Optional<Complaint> complaint, String value) {

        /// Whether only the file is missing, which may come before the run begins.
        boolean isMissing() {
            return complaint.isEmpty();
        }

        String text(Field field, Texts texts) {
            return complaint
                    .map(c -> texts.sentence(at(texts.get(field.textKey()), c)))
                    .orElseGet(() -> texts.get("train.missing", value));
        }
    }

    private static Complaint at(String where, Complaint complaint) {
        return new Complaint(where, complaint.expected(), complaint.got(), complaint.advice());
    }

    private record Read(Map<Field, String> values, Map<Field, Fault> missing, Optional<Problem> problem) {}

    /// @param catalogues what configs may name
    Draft(StudioServices services, Supplier<Catalogues> catalogues) {
        this.services = services;
        this.catalogues = catalogues;
        for (Field field : Field.values()) {
            fields.put(field, new SimpleStringProperty(""));
        }
        text.addListener((_, _, now) -> check(now));
    }

    /// The packed config or the file that it began with.
    ReadOnlyStringProperty nameProperty() {
        return name;
    }

    /// What is trained.
    StringProperty textProperty() {
        return text;
    }

    ReadOnlyObjectProperty<Optional<Problem>> problemProperty() {
        return problem;
    }

    /// What is wrong with fields; their other values are those of the text.
    ObservableMap<Field, Fault> faults() {
        return faults;
    }

    /// Whether it can be trained, as far as the text alone tells.
    ObservableBooleanValue sound() {
        return isSound;
    }

    /// What a field says; it follows the text, and [#set] changes the text.
    StringProperty fieldProperty(Field field) {
        StringProperty property = fields.get(field);
        if (property == null) {
            throw new IllegalStateException("no " + field);
        }
        return property;
    }

    /// Whether fields and problem are those of the text as it is.
    ObservableBooleanValue read() {
        return isRead;
    }

    /// Takes a packed config or a file. What can't be read is told, and nothing changes.
    ///
    /// @param onDone then
    RunningTask<String> choose(String chosen, Runnable onDone) {
        return services.tasks()
                .submitQuietly(
                        Lane.FILES,
                        (_, _) -> withScenes(new ConfigLocator().load(chosen, List.of()))
                                .toPython())
                .onDone(python -> {
                    name.set(chosen);
                    typed.clear();
                    faults.clear();
                    text.set(python);
                    onDone.run();
                });
    }

    /// Whoever has no scenes where a config expects some gets those that come along.
    private Config withScenes(Config config) throws IOException {
        String root = Options.read(config, Field.DATA_ROOT);
        if (!Options.trainsOnScenes(config) || exists(root)) {
            return config;
        }
        Path scenes = services.scratch().resolve("scenes");
        if (!BundledScenes.names().stream().allMatch(n -> Files.isRegularFile(scenes.resolve(n)))) {
            BundledScenes.copyTo(scenes);
        }
        return DataRoot.set(config, scenes);
    }

    /// Keeps what stands in a field while somebody types.
    void type(Field field, String value) {
        typed.put(field, value);
    }

    /// Takes what was typed into a field.
    void commit(Field field) {
        String value = typed.remove(field);
        if (value != null) {
            set(field, value);
        }
    }

    /// Takes what was typed and not taken yet, as when a key starts the run.
    ///
    /// @return whether it can be trained
    boolean commit() {
        List.copyOf(typed.keySet()).forEach(this::commit);
        return isSound.get();
    }

    /// Writes a field into the text.
    void set(Field field, String value) {
        typed.remove(field);
        boolean wasWrong = faults.containsKey(field) && !faults.get(field).isMissing();
        if (value.equals(fieldProperty(field).get())) {
            if (wasWrong) {
                faults.remove(field);
            }
            return;
        }
        Config config;
        try {
            config = Config.parse(text.get(), name.get());
        } catch (EngineException | IOException _) { // the problem is shown; the field can wait until it is mended
            typed.put(field, value);
            return;
        }
        try {
            String changed = Options.change(config, field, value).toPython();
            faults.remove(field);
            text.set(changed);
        } catch (EngineException e) {
            faults.put(field, new Fault(Optional.of(e.complaint()), value));
        }
    }

    /// Reads the text again: fields where it can be read, the line of the fault where not.
    private void check(String now) {
        String origin = name.get();
        isRead.set(false);
        services.tasks().submitQuietly(Lane.FILES, (_, _) -> read(now, origin)).onDone(read -> {
            if (!now.equals(text.get())) {
                return; // typed on since
            }
            read.values.forEach((field, value) -> fieldProperty(field).set(value));
            faults.values().removeIf(Fault::isMissing);
            read.missing.forEach(faults::putIfAbsent);
            problem.set(read.problem);
            isRead.set(true);
        });
    }

    private Read read(String now, String origin) throws IOException {
        Map<Field, String> values = new EnumMap<>(Field.class);
        Map<Field, Fault> missing = new EnumMap<>(Field.class);
        try {
            Config config = Config.parse(now, origin);
            for (Field field : Field.values()) {
                String value = Options.read(config, field);
                values.put(field, value);
                if (field.isFile() && !value.isEmpty() && !exists(value)) {
                    missing.put(field, new Fault(Optional.empty(), value));
                }
            }
            DryRun.model(config, catalogues.get());
            return new Read(values, missing, Optional.empty());
        } catch (ConfigException e) {
            Problem found = new Problem(e.span().line(), e.complaint());
            return new Read(values, missing, Optional.of(found));
        } catch (EngineException e) {
            return new Read(values, missing, Optional.of(new Problem(0, e.complaint())));
        }
    }

    /// Whether a file or a folder is there, or may be fetched.
    private static boolean exists(String path) {
        try {
            return path.contains("://") || Files.exists(Path.of(path));
        } catch (InvalidPathException _) {
            return false;
        }
    }
}
