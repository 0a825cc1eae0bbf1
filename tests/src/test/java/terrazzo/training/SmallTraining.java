package terrazzo.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import terrazzo.config.Config;
import terrazzo.data.datasets.BundledScenes;
import terrazzo.data.datasets.DataRoot;
import terrazzo.inference.Catalogues;
import terrazzo.runtime.TorchRuntime;
import terrazzo.train.Observers;
import terrazzo.train.TrainRequest;
import terrazzo.train.Training;

/// A training that takes seconds: a small U-Net on the bundled scenes.
///
/// @param folder where data and work dir are
record SmallTraining(Path folder) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /// Puts the data there.
    static SmallTraining in(Path folder) throws IOException {
        BundledScenes.copyTo(folder.resolve("scenes"));
        return new SmallTraining(folder);
    }

    /// The same for a test of sums that depend on how many threads add them up.
    static SmallTraining onOneThread(Path folder) throws IOException {
        TorchRuntime.threads(1);
        return in(folder);
    }

    Path scenes() {
        return folder.resolve("scenes");
    }

    Path workDir() {
        return folder.resolve("work");
    }

    /// Random crops in random order, dropout, momentum: whatever a resumed run could get wrong.
    Config config(List<String> options) throws IOException {
        String json = Files.readString(Path.of("golden", "e2e", "unet_sgd_poly.config.json"));
        List<String> random = new ArrayList<>(List.of(
                "train_dataloader.batch_size=2",
                "train_dataloader.num_workers=2",
                "train_dataloader.sampler.shuffle=True",
                "model.decode_head.dropout_ratio=0.3",
                "model.data_preprocessor.size=(48,64)",
                "train_dataloader.dataset.pipeline.2={'type':'RandomCrop','crop_size':(48,64),'_delete_':True}",
                "randomness={'seed':7}"));
        random.addAll(options);
        return DataRoot.set(Config.fromJson(json, "small"), scenes()).with(random);
    }

    /// Runs to the end.
    Path run(TrainRequest.Resume resume, String... options) throws IOException {
        return run(workDir(), resume, options);
    }

    Path run(Path workDir, TrainRequest.Resume resume, String... options) throws IOException {
        TrainRequest request = new TrainRequest(config(List.of(options)), workDir, resume, Optional.empty(), "cpu");
        try (Training training = Training.open(request, Catalogues.builtIn(), Observers.none())) {
            training.runner().run();
        }
        return workDir;
    }

    /// The losses of all starts of a run by iteration; where two starts did an iteration, both, in order.
    static Map<Integer, List<Double>> losses(Path workDir) throws IOException {
        Map<Integer, List<Double>> losses = new TreeMap<>();
        for (JsonNode row : rows(workDir)) {
            if (row.has("iter")) {
                losses.computeIfAbsent(row.get("iter").asInt(), _ -> new ArrayList<>())
                        .add(row.get("loss").asDouble());
            }
        }
        return losses;
    }

    /// The rows of all starts of a run in order; a torn last line of a killed start is left out.
    static List<JsonNode> rows(Path workDir) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        for (Path file : ofStarts(workDir, "vis_data/scalars.json")) {
            for (String line : Files.readAllLines(file)) {
                if (line.endsWith("}")) {
                    rows.add(JSON.readTree(line));
                }
            }
        }
        return rows;
    }

    /// The last state of each start of a run, by the start's name.
    static Map<String, String> states(Path workDir) throws IOException {
        Map<String, String> states = new TreeMap<>();
        for (Path file : ofStarts(workDir, "status.json")) {
            JsonNode status = JSON.readTree(Files.readString(file));
            states.put(
                    workDir.relativize(file).getName(0).toString(),
                    status.path("state").asText());
        }
        return states;
    }

    /// A file of each start of a run, in order; none before there is a work dir. Not by a walk, which asks for the
    /// attributes of files that a run is just replacing.
    static List<Path> ofStarts(Path workDir, String file) throws IOException {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(workDir)) {
            try (DirectoryStream<Path> starts = Files.newDirectoryStream(workDir)) {
                starts.forEach(start -> found.add(start.resolve(file)));
            }
        }
        return found.stream().filter(Files::isRegularFile).sorted().toList();
    }
}
