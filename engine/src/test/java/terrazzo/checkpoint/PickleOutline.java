package terrazzo.checkpoint;

import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// Writes a value out as text, tensors by their content, so that two trees can be compared.
final class PickleOutline {

    private final StringBuilder text = new StringBuilder();

    private PickleOutline() {}

    static String of(PickleValue value) {
        PickleOutline outline = new PickleOutline();
        outline.add(value);
        return outline.text.toString();
    }

    private void add(PickleValue value) {
        switch (value) {
            case PickleValue.None _, PickleValue.Bool _, PickleValue.Int _, PickleValue.Real _, PickleValue.Str _ ->
                text.append(value);
            case PickleValue.Global global -> text.append(global.qualified());
            case PickleValue.Bytes bytes -> text.append(Arrays.toString(bytes.toArray()));
            case PickleValue.Tensor(var tensor) -> addTensor(tensor);
            case PickleValue.Flat(var tensor) -> addTensor(tensor);
            case PickleValue.ListValue list -> addAll("list", list.items());
            case PickleValue.Tuple tuple -> addAll("tuple", tuple.items());
            case PickleValue.SetValue set -> addAll("set", set.items());
            case PickleValue.Dict dict -> {
                text.append(dict.isOrdered() ? "ordered{" : "{");
                dict.entries().forEach((key, item) -> {
                    add(key);
                    text.append(": ");
                    add(item);
                    text.append('\n');
                });
                text.append('}');
                dict.attributes().ifPresent(this::add);
            }
            case PickleValue.Opaque object -> {
                text.append(object.isNewObject() ? "new " : "call ");
                add(object.callee());
                add(object.args());
                object.state().ifPresent(this::add);
                addAll("items", object.items());
            }
        }
    }

    private void addTensor(HostTensor tensor) {
        text.append(tensor).append(tensor.strides());
        text.append(Arrays.hashCode(tensor.bytes().toArray(ValueLayout.JAVA_BYTE)));
    }

    private void addAll(String kind, Iterable<PickleValue> items) {
        text.append(kind).append('(');
        items.forEach(item -> {
            add(item);
            text.append(", ");
        });
        text.append(')');
    }
}
