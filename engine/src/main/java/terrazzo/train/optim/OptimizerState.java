package terrazzo.train.optim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import terrazzo.checkpoint.HostTensor;
import terrazzo.checkpoint.PickleValue;
import terrazzo.checkpoint.PickleValue.Dict;
import terrazzo.checkpoint.PickleValue.ListValue;
import terrazzo.core.error.CheckpointException;
import terrazzo.core.error.Complaint;
import terrazzo.train.optim.Optimizer.Restored;
import terrazzo.train.optim.Optimizer.Slot;
import terrazzo.train.optim.UpdateRule.Buffer;
import terrazzo.train.optim.UpdateRule.StepEntry;

/// The state of an optimizer in the layout of PyTorch's `state_dict`, in both directions; mmengine adds the settings
/// that groups scale.
///
/// @param groups those of the optimizer
/// @param base the settings without weights, where there are several groups
record OptimizerState(UpdateRule rule, List<ParamGroup> groups, Optional<ParamGroup> base, List<Slot> slots) {

    private static final String WHERE = "optimizer";
    private static final String BASE = "base_param_settings";
    private static final String PARAMS = "params";

    Dict toValue() {
        Dict state = Dict.plain();
        List<Dict> written = new ArrayList<>();
        int next = 0;
        for (ParamGroup group : groups) {
            Dict entry = Dict.plain();
            group.settings().forEach(entry::put);
            List<PickleValue> numbers = IntStream.range(
                            next, next + group.keys().size())
                    .mapToObj(PickleValue::of)
                    .toList();
            written.add(entry.put(PARAMS, new ListValue(numbers)));
            next += numbers.size();
        }
        for (int i = 0; i < slots.size(); i++) {
            if (slots.get(i).hasMoved()) {
                state.put(PickleValue.of(i), weight(slots.get(i)));
            }
        }
        Dict whole = Dict.plain().put("state", state).put("param_groups", new ListValue(written));
        base.ifPresent(b -> {
            Dict entry = Dict.plain().put(PARAMS, PickleValue.of(HostTensor.ofFloats(List.of(1L), 0)));
            b.settings().forEach(entry::put);
            whole.put(BASE, entry);
        });
        return whole;
    }

    private Dict weight(Slot slot) {
        Dict entry = Dict.plain();
        switch (rule.stepEntry()) {
            case NONE -> {}
            case NUMBER -> entry.put("step", PickleValue.of(slot.history.step()));
            case TENSOR -> entry.put("step", scalar(slot.history.steps()));
        }
        slot.history.scalars().forEach((name, value) -> entry.put(name, scalar(value)));
        for (Buffer buffer : rule.buffers()) {
            if (slot.buffers.containsKey(buffer.name())) {
                entry.put(
                        buffer.name(),
                        PickleValue.of(slot.buffers.get(buffer.name()).asHost()));
            } else if (buffer.noneWhenUnused()) {
                entry.put(buffer.name(), new PickleValue.None());
            }
        }
        return entry;
    }

    private static PickleValue scalar(double value) {
        return PickleValue.of(HostTensor.ofFloats(List.of(), (float) value));
    }

    /// Restores settings and histories; gives the tensors to copy, by the name of their buffer.
    Map<String, List<Restored>> restore(PickleValue saved) {
        List<PickleValue> savedGroups =
                saved.at("param_groups").map(PickleValue::asItems).orElse(List.of());
        if (savedGroups.size() != groups.size()) {
            throw wrong(groups.size() + " parameter groups", savedGroups.size() + " in the checkpoint");
        }
        List<PickleValue> numbers = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            List<PickleValue> params =
                    savedGroups.get(i).at(PARAMS).map(PickleValue::asItems).orElse(List.of());
            if (params.size() != groups.get(i).keys().size()) {
                throw wrong(
                        groups.get(i).keys().size() + " weights in group " + i, params.size() + " in the checkpoint");
            }
            numbers.addAll(params);
        }
        // Everything is checked before anything is changed.
        Map<String, List<Restored>> restored = new LinkedHashMap<>();
        List<Optional<Dict>> entries = new ArrayList<>();
        for (int i = 0; i < slots.size(); i++) {
            Optional<Dict> entry = entry(saved, numbers.get(i));
            entries.add(entry);
            int slot = i;
            entry.ifPresent(e -> rule.buffers()
                    .forEach(b -> tensor(e, b, slot)
                            .ifPresent(t -> restored.computeIfAbsent(b.name(), _ -> new ArrayList<>())
                                    .add(t))));
        }
        for (int i = 0; i < groups.size(); i++) {
            groups.get(i).restore(settings(savedGroups.get(i)));
        }
        base.ifPresent(b -> restoreBase(b, saved.at(BASE)));
        for (int i = 0; i < slots.size(); i++) {
            slots.get(i).history = history(slots.get(i), entries.get(i));
        }
        return restored;
    }

    /// Older checkpoints don't have it; the first group has come as far.
    private void restoreBase(ParamGroup settings, Optional<PickleValue> saved) {
        String initial = "initial_lr";
        if (saved.isPresent()) {
            settings.restore(settings(saved.get()));
        } else if (groups.getFirst().has(initial) && settings.has(initial)) {
            double left = groups.getFirst().lr() / groups.getFirst().number(initial);
            settings.set("lr", settings.number(initial) * left);
        }
    }

    private static Optional<Dict> entry(PickleValue saved, PickleValue number) {
        return saved.at("state")
                .filter(Dict.class::isInstance)
                .map(Dict.class::cast)
                .flatMap(state -> state.get(number))
                .filter(Dict.class::isInstance)
                .map(Dict.class::cast);
    }

    private Optional<Restored> tensor(Dict entry, Buffer buffer, int i) {
        Optional<HostTensor> tensor = entry.get(buffer.name()).flatMap(PickleValue::asTensor);
        List<Long> expected = Arrays.stream(slots.get(i).weight.shape()).boxed().toList();
        if (tensor.isPresent() && !tensor.get().shape().equals(expected)) {
            throw wrong(
                    slots.get(i).key + " " + expected,
                    buffer.name() + " " + tensor.get().shape() + " in the checkpoint");
        }
        return tensor.map(t -> new Restored(i, t));
    }

    private History history(Slot slot, Optional<Dict> entry) {
        if (entry.isEmpty()) {
            return History.start();
        }
        Map<String, Double> scalars = new LinkedHashMap<>();
        rule.start(slot.group)
                .scalars()
                .forEach((name, start) ->
                        scalars.put(name, number(entry.get(), name).orElse(start)));
        boolean moved = rule.buffers().stream()
                .anyMatch(b ->
                        entry.get().get(b.name()).flatMap(PickleValue::asTensor).isPresent());
        double step = rule.stepEntry() == StepEntry.NONE
                ? (moved ? 1 : 0)
                : number(entry.get(), "step").orElse(0.0);
        return new History((long) step, scalars);
    }

    /// A number that may be kept as a number or as a tensor of one element.
    private static Optional<Double> number(Dict entry, String name) {
        return entry.get(name).flatMap(v -> v.asDouble().or(() -> v.asTensor().map(t -> t.toDoubles()[0])));
    }

    private static Map<String, PickleValue> settings(PickleValue group) {
        Map<String, PickleValue> settings = new LinkedHashMap<>();
        if (group instanceof Dict dict) {
            dict.entries()
                    .forEach((key, value) -> key.asText()
                            .filter(name -> !name.equals(PARAMS))
                            .ifPresent(name -> settings.put(name, value)));
        }
        return settings;
    }

    private static CheckpointException wrong(String expected, String got) {
        return new CheckpointException(Complaint.at(WHERE)
                .expected(expected)
                .got(got)
                .advice("resume with the config that the checkpoint was trained with, or start from it with"
                        + " load_from"));
    }
}
