package terrazzo.checkpoint;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import terrazzo.checkpoint.PickleValue.Bool;
import terrazzo.checkpoint.PickleValue.Bytes;
import terrazzo.checkpoint.PickleValue.Dict;
import terrazzo.checkpoint.PickleValue.Flat;
import terrazzo.checkpoint.PickleValue.Global;
import terrazzo.checkpoint.PickleValue.Int;
import terrazzo.checkpoint.PickleValue.ListValue;
import terrazzo.checkpoint.PickleValue.None;
import terrazzo.checkpoint.PickleValue.Opaque;
import terrazzo.checkpoint.PickleValue.Real;
import terrazzo.checkpoint.PickleValue.SetValue;
import terrazzo.checkpoint.PickleValue.Str;
import terrazzo.checkpoint.PickleValue.Tensor;
import terrazzo.checkpoint.PickleValue.Tuple;
import terrazzo.core.error.CheckpointException;
import terrazzo.core.error.Complaint;

/// Writes values as a pickle of protocol 2, which every PyTorch reads, also with `weights_only=True` as long as the
/// values hold no objects of other libraries. Texts, names and containers that occur again are written once.
final class PickleWriter {

    private static final int MAX_DEPTH = PickleLimits.DEFAULT.depth();
    private static final Global ORDERED_DICT = new Global("collections", "OrderedDict");
    private static final Global REBUILD_TENSOR = new Global("torch._utils", "_rebuild_tensor_v2");
    private static final Global ENCODE = new Global("_codecs", "encode");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Map<PickleValue, Integer> scalarMemo = new HashMap<>(); // texts and names, by value
    private final IdentityHashMap<Object, Integer> memo = new IdentityHashMap<>(); // containers
    private final StorageKeys storages;
    private int depth;

    PickleWriter(StorageKeys storages) {
        this.storages = storages;
    }

    /// The whole program.
    byte[] write(PickleValue root) {
        out.write(0x80);
        out.write(2);
        save(root);
        out.write('.');
        return out.toByteArray();
    }

    private void save(PickleValue value) {
        if (++depth > MAX_DEPTH) {
            throw new IllegalArgumentException("values nested more than " + MAX_DEPTH + " deep");
        }
        switch (value) {
            case None _ -> out.write('N');
            case Bool(var b) -> out.write(b ? 0x88 : 0x89);
            case Int(var n) -> saveInt(n);
            case Real(var d) -> {
                out.write('G');
                out.writeBytes(ByteBuffer.allocate(8).putDouble(d).array());
            }
            case Str text -> saveText(text);
            case Global global -> saveGlobal(global);
            case Tensor(var tensor) -> saveTensor(tensor);
            case Flat(var tensor) -> saveTensor(tensor);
            case Bytes bytes -> saveBytes(bytes);
            case ListValue list -> saveList(list);
            case Tuple tuple -> saveTuple(tuple);
            case SetValue set -> saveSet(set);
            case Dict dict -> saveDict(dict);
            case Opaque object -> saveObject(object);
        }
        depth--;
    }

    private void saveInt(BigInteger n) {
        if (n.bitLength() < Integer.SIZE) {
            int i = n.intValue();
            if (i >= 0 && i <= 0xFF) {
                out.write('K');
                out.write(i);
            } else {
                out.write('J');
                writeInt(i);
            }
            return;
        }
        byte[] digits = n.toByteArray(); // big-endian two's complement
        if (digits.length > 255) {
            throw new IllegalArgumentException("an integer of " + digits.length + " bytes");
        }
        out.write(0x8a);
        out.write(digits.length);
        for (int i = digits.length - 1; i >= 0; i--) {
            out.write(digits[i]);
        }
    }

    private void saveText(Str text) {
        if (recall(scalarMemo.get(text))) {
            return;
        }
        byte[] utf8 = text.value().getBytes(StandardCharsets.UTF_8);
        out.write('X');
        writeInt(utf8.length);
        out.writeBytes(utf8);
        scalarMemo.put(text, remember());
    }

    private void saveGlobal(Global global) {
        if (recall(scalarMemo.get(global))) {
            return;
        }
        if (global.module().contains("\n") || global.name().contains("\n")) {
            throw new IllegalArgumentException("a name with a line feed: " + global);
        }
        GlobalPolicy.check("checkpoint", global);
        out.write('c');
        out.writeBytes((global.module() + "\n" + global.name() + "\n").getBytes(StandardCharsets.UTF_8));
        scalarMemo.put(global, remember());
    }

    /// `_rebuild_tensor_v2(storage, offset, shape, strides, requires_grad, hooks)`.
    private void saveTensor(HostTensor tensor) {
        saveGlobal(REBUILD_TENSOR);
        out.write('(');
        Storage storage = tensor.storage();
        out.write('(');
        saveText(new Str("storage"));
        saveGlobal(new Global("torch", TorchTypes.storageName(storage.dtype())));
        saveText(new Str(storages.key(storage)));
        saveText(new Str("cpu"));
        saveInt(BigInteger.valueOf(storage.numel()));
        out.write('t');
        out.write('Q');
        saveInt(BigInteger.valueOf(tensor.offset()));
        saveSizes(tensor.shape());
        saveSizes(tensor.strides());
        out.write(0x89);
        saveEmptyOrderedDict();
        out.write('t');
        out.write('R');
    }

    private void saveSizes(List<Long> sizes) {
        out.write('(');
        sizes.forEach(size -> saveInt(BigInteger.valueOf(size)));
        out.write('t');
    }

    private void saveEmptyOrderedDict() {
        saveGlobal(ORDERED_DICT);
        out.write(')');
        out.write('R');
    }

    private void saveBytes(Bytes bytes) {
        if (recall(memo.get(bytes))) {
            return;
        }
        saveGlobal(ENCODE);
        saveText(new Str(new String(bytes.toArray(), StandardCharsets.ISO_8859_1)));
        saveText(new Str("latin1"));
        out.write(0x86);
        out.write('R');
        memo.put(bytes, remember());
    }

    private void saveList(ListValue list) {
        if (recall(memo.get(list))) {
            return;
        }
        out.write(']');
        memo.put(list, remember());
        saveItems(list.items());
    }

    private void saveItems(List<PickleValue> items) {
        if (!items.isEmpty()) {
            out.write('(');
            items.forEach(this::save);
            out.write('e');
        }
    }

    private void saveTuple(Tuple tuple) {
        if (recall(memo.get(tuple))) {
            return;
        }
        if (tuple.items().isEmpty()) {
            out.write(')');
            return;
        }
        out.write('(');
        tuple.items().forEach(this::save);
        out.write('t');
        memo.put(tuple, remember());
    }

    private void saveSet(SetValue set) {
        if (recall(memo.get(set))) {
            return;
        }
        saveGlobal(new Global("__builtin__", set.isFrozen() ? "frozenset" : "set"));
        out.write(']');
        saveItems(set.items());
        out.write(0x85);
        out.write('R');
        memo.put(set, remember());
    }

    private void saveDict(Dict dict) {
        if (recall(memo.get(dict))) {
            return;
        }
        if (dict.isOrdered()) {
            saveEmptyOrderedDict();
        } else {
            out.write('}');
        }
        memo.put(dict, remember());
        saveEntries(dict.entries());
        dict.attributes().ifPresent(this::saveState);
    }

    private void saveEntries(Map<PickleValue, PickleValue> entries) {
        if (!entries.isEmpty()) {
            out.write('(');
            entries.forEach((key, value) -> {
                save(key);
                save(value);
            });
            out.write('u');
        }
    }

    private void saveObject(Opaque object) {
        if (recall(memo.get(object))) {
            return;
        }
        if (object.callee() instanceof Global(var module, var name)
                && module.equals("torch")
                && name.endsWith("Storage")) {
            throw new CheckpointException(Complaint.at("checkpoint")
                    .got("tensors of " + name + " can't be written")
                    .advice("write the state dict alone"));
        }
        save(object.callee());
        save(object.args());
        out.write(object.isNewObject() ? 0x81 : 'R');
        memo.put(object, remember());
        saveItems(object.items());
        saveEntries(object.entries());
        object.state().ifPresent(this::saveState);
    }

    private void saveState(PickleValue state) {
        save(state);
        out.write('b');
    }

    /// Files the value on top of the stack; gives its number.
    private int remember() {
        int number = memo.size() + scalarMemo.size();
        if (number <= 0xFF) {
            out.write('q');
            out.write(number);
        } else {
            out.write('r');
            writeInt(number);
        }
        return number;
    }

    private boolean recall(@Nullable Integer number) {
        if (number == null) {
            return false;
        }
        if (number <= 0xFF) {
            out.write('h');
            out.write(number);
        } else {
            out.write('j');
            writeInt(number);
        }
        return true;
    }

    private void writeInt(int value) {
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
    }
}
