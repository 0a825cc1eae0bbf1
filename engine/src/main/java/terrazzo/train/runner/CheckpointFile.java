package terrazzo.train.runner;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import terrazzo.checkpoint.Checkpoint;
import terrazzo.checkpoint.CheckpointMeta;
import terrazzo.checkpoint.ExpectedKey;
import terrazzo.checkpoint.HostTensor;
import terrazzo.checkpoint.PickleValue;
import terrazzo.checkpoint.PickleValue.Dict;
import terrazzo.checkpoint.PickleValue.ListValue;
import terrazzo.checkpoint.PthWriter;
import terrazzo.checkpoint.StateDictReport;
import terrazzo.core.error.CheckpointException;
import terrazzo.core.error.Complaint;
import terrazzo.data.datasets.Metainfo;
import terrazzo.graph.Parameter;
import terrazzo.train.model.TrainableModel;
import terrazzo.train.schedule.ParamScheduler;

/// A run as a checkpoint in mmengine's layout, in both directions. Tensors go to the file from where they are.
final class CheckpointFile {

    private static final String VERSION = "0.1.0"; // of mmengine, whose layout this is

    private final Runner runner;

    CheckpointFile(Runner runner) {
        this.runner = runner;
    }

    void write(Path file, CheckpointContent content) throws IOException {
        Dict root = Dict.plain()
                .put("meta", meta(content))
                .put("state_dict", weights(runner.parts().model()))
                .put("message_hub", runner.messages().toValue());
        if (content.optimizer()) {
            root.put("optimizer", runner.parts().optimizer().stateDict());
        }
        if (content.schedulers()) {
            root.put(
                    "param_schedulers",
                    new ListValue(runner.parts().schedulers().stream()
                            .map(ParamScheduler::stateDict)
                            .toList()));
        }
        runner.hooks().forEach(h -> h.beforeSaveCheckpoint(runner, root));
        PthWriter.write(file, root);
    }

    private PickleValue meta(CheckpointContent content) {
        Metainfo metainfo = runner.parts().loader().dataset().metainfo();
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put("seed", Long.toString(runner.parts().seed()));
        notes.put(
                "experiment_name",
                runner.parts().folder().workDir().getFileName() + "_"
                        + runner.parts().folder().timestamp());
        notes.put("time", RunFolder.format(LocalDateTime.now(ZoneId.systemDefault())));
        notes.put("mmengine_version", VERSION);
        return new CheckpointMeta(
                        metainfo.classes(),
                        metainfo.palette().toTriples(),
                        runner.parts().config().toPython(),
                        Optional.of(content.iter()),
                        Optional.of(content.epoch()),
                        notes)
                .toValue();
    }

    static Dict weights(TrainableModel model) {
        Dict weights = Dict.ordered();
        for (Parameter p : model.segmentor().state()) {
            String source = p.original().orElse(p).key();
            weights.put(p.key(), PickleValue.of(model.tensor(source).asHost()));
        }
        return weights;
    }

    void resume(Checkpoint checkpoint) {
        StateDictReport report = report(checkpoint);
        load(runner.parts().model(), report.requireComplete());
        String where = String.valueOf(checkpoint.file().getFileName());
        PickleValue optimizer = checkpoint
                .part("optimizer")
                .orElseThrow(() -> new CheckpointException(Complaint.at(where)
                        .expected("the state of an optimizer")
                        .got("none")
                        .advice("resume from a checkpoint that CheckpointHook wrote with save_optimizer, or start"
                                + " anew with load_from")));
        runner.parts().optimizer().loadStateDict(optimizer);
        List<PickleValue> states =
                checkpoint.part("param_schedulers").map(PickleValue::asItems).orElse(List.of());
        List<ParamScheduler> schedulers = runner.parts().schedulers();
        if (states.size() != schedulers.size()) {
            throw new CheckpointException(Complaint.at(where)
                    .expected(schedulers.size() + " schedules, as the config says")
                    .got(Integer.toString(states.size())));
        }
        for (int i = 0; i < states.size(); i++) {
            schedulers.get(i).loadStateDict(states.get(i));
        }
        checkpoint.part("message_hub").ifPresent(runner.messages()::load);
        CheckpointMeta meta = checkpoint.meta();
        runner.position(meta.iter().orElse(0L), meta.epoch().orElse(0L));
    }

    List<String> loadWeights(Checkpoint checkpoint) {
        StateDictReport report = report(checkpoint);
        load(runner.parts().model(), report.matched());
        return report.lines();
    }

    private StateDictReport report(Checkpoint checkpoint) {
        List<ExpectedKey> expected = runner.parts().model().segmentor().expectedKeys();
        return StateDictReport.of(String.valueOf(checkpoint.file().getFileName()), expected, checkpoint.stateDict());
    }

    private static void load(TrainableModel model, Map<String, HostTensor> tensors) {
        tensors.forEach((key, tensor) -> {
            if (model.tensors().containsKey(key)) {
                model.load(key, tensor);
            }
        });
    }
}
