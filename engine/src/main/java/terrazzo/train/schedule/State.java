package terrazzo.train.schedule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import terrazzo.checkpoint.PickleValue;
import terrazzo.checkpoint.PickleValue.ListValue;

/// Attributes in the order in which they are added.
final class State {

    private final Map<String, PickleValue> attributes = new LinkedHashMap<>();

    State with(String name, double number) {
        attributes.put(name, PickleValue.of(number));
        return this;
    }

    State with(String name, int number) {
        attributes.put(name, PickleValue.of(number));
        return this;
    }

    State with(String name, List<Integer> numbers) {
        attributes.put(
                name,
                new ListValue(
                        numbers.stream().map(n -> PickleValue.of((long) n)).toList()));
        return this;
    }

    State with(String name, PickleValue value) {
        attributes.put(name, value);
        return this;
    }

    Map<String, PickleValue> toMap() {
        return attributes;
    }
}
