package terrazzo.checkpoint.convert;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import terrazzo.checkpoint.HostTensor;
import terrazzo.checkpoint.StateDict;

/// The catalogue of converters.
///
/// @param all in the order in which they are asked whether they know a file
public record Converters(List<KeyConverter> all) {

    private static final String BACKBONE = "backbone.";

    public Converters {
        all = List.copyOf(all);
    }

    /// Those that come with the engine.
    public static Converters builtIn() {
        return new Converters(List.of(
                new JaxViT(),
                new OfficialBEiT(),
                new OfficialMiT(),
                new OfficialSTDC(),
                new OfficialSwin(),
                new OfficialTwins(),
                new TimmViT()));
    }

    /// What the command line calls them.
    public List<String> names() {
        return all.stream().map(KeyConverter::name).sorted().toList();
    }

    public Optional<KeyConverter> named(String name) {
        return all.stream().filter(c -> c.name().equals(name)).findFirst();
    }

    /// The converter whose origin the keys look like, on their own or below `backbone.`.
    public Optional<KeyConverter> detect(StateDict state) {
        StateDict below = state.below(BACKBONE);
        return all.stream()
                .filter(c -> c.recognises(state) || c.recognises(below))
                .findFirst();
    }

    /// The state dict under our keys. Of a whole model, whose backbone's keys are below `backbone.`, the other parts
    /// stay
    /// as they are.
    public static StateDict convert(KeyConverter converter, StateDict state) {
        StateDict below = state.below(BACKBONE);
        if (converter.recognises(state) || !converter.recognises(below)) {
            return converter.convert(state);
        }
        Map<String, HostTensor> made = new LinkedHashMap<>();
        converter.convert(below).tensors().forEach((key, tensor) -> made.put(BACKBONE + key, tensor));
        state.tensors().forEach((key, tensor) -> {
            if (!key.startsWith(BACKBONE)) {
                made.put(key, tensor);
            }
        });
        return new StateDict(made);
    }
}
