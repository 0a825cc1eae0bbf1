package terrazzo.checkpoint;

import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import terrazzo.checkpoint.PickleValue.Bool;
import terrazzo.checkpoint.PickleValue.Int;
import terrazzo.core.error.CheckpointException;
import terrazzo.core.error.Complaint;
import terrazzo.core.shape.DType;

/// The format of `torch.save` before PyTorch 1.6: five pickles one after the other (magic number, protocol, machine,
/// object, keys of the storages), then each storage as its number of elements and its bytes. A file whose first pickle
/// is no magic number is a bare pickle, as detectron2 and others publish weights.
final class TorchLegacy implements StorageSource {

    private static final BigInteger MAGIC = new BigInteger("119547037146038801333356");

    private final String where;
    private final MemorySegment file;
    private final Map<String, Storage> storages = new LinkedHashMap<>();
    private final Map<String, Long> skippedBytes = new HashMap<>(); // by key

    private TorchLegacy(String where, MemorySegment file) {
        this.where = where;
        this.file = file;
    }

    static Unpickled read(String where, MemorySegment file) {
        return new TorchLegacy(where, file).read();
    }

    static boolean hasMagic(MemorySegment file) {
        byte[] magic = {(byte) 0x80, 2, (byte) 0x8a, 10, 0x6c, (byte) 0xfc, (byte) 0x9c, 0x46};
        return file.byteSize() > magic.length
                && file.asSlice(0, magic.length).mismatch(MemorySegment.ofArray(magic)) == -1;
    }

    static void checkLittleEndian(String where, boolean isLittle) {
        if (!isLittle) {
            throw new CheckpointException(Complaint.at(where)
                    .expected("little-endian numbers")
                    .got("big-endian ones")
                    .advice("load and save the file again with PyTorch on an x86 or ARM machine"));
        }
    }

    private Unpickled read() {
        PickleReader first = reader(0);
        PickleValue magic = first.read();
        if (!(magic instanceof Int(var number)) || !number.equals(MAGIC)) {
            checkComplete(List.of());
            return new Unpickled(magic, first.inert());
        }
        PickleInput in = new PickleInput(where, file, 0);
        next(in).read();
        next(in).read(); // protocol 1001, the only one there ever was
        PickleValue machine = next(in).read();
        checkLittleEndian(
                where,
                machine.at("little_endian")
                        .map(v -> v instanceof Bool(var b) && b)
                        .orElse(true));
        PickleReader object = next(in);
        PickleValue root = object.read();
        List<String> keys = new ArrayList<>();
        for (PickleValue key : next(in).read().asItems()) {
            keys.add(key.asText().orElseThrow(() -> in.damaged("a storage without a name")));
        }
        bindStorages(in, keys);
        checkComplete(keys);
        return new Unpickled(root, object.inert());
    }

    private PickleReader reader(long position) {
        return next(new PickleInput(where, file, position));
    }

    private PickleReader next(PickleInput in) {
        return new PickleReader(in, PickleLimits.DEFAULT, this);
    }

    @Override
    public Storage find(String key, DType dtype, long numel) {
        Storage known = storages.computeIfAbsent(key, _ -> new Storage(dtype, numel));
        if (known.dtype() != dtype || known.numel() < numel) {
            throw damaged("storage " + key + " with two types or sizes");
        }
        return known;
    }

    @Override
    public void skip(String key, long sizeBytes) {
        skippedBytes.put(key, sizeBytes);
    }

    private void bindStorages(PickleInput in, List<String> keys) {
        long at = in.position();
        for (String key : keys) {
            Storage storage = storages.get(key);
            Long skipped = skippedBytes.get(key);
            if (storage == null && skipped != null) {
                at += Long.BYTES + skipped;
                continue;
            }
            if (storage == null) {
                throw damaged("storage " + key + ", which nothing refers to");
            }
            long numel = new PickleInput(where, file, at).i64();
            at += Long.BYTES;
            if (numel != storage.numel()) {
                throw damaged("storage " + key + " of " + numel + " elements, announced as " + storage.numel());
            }
            if (storage.sizeBytes() > file.byteSize() - at) {
                throw damaged("its end within storage " + key);
            }
            storage.bind(file.asSlice(at, storage.sizeBytes()));
            at += storage.sizeBytes();
        }
    }

    private void checkComplete(List<String> keys) {
        storages.forEach((key, storage) -> {
            if (!storage.isBound()) {
                throw damaged("storage " + key + " missing among " + keys.size());
            }
        });
    }

    private CheckpointException damaged(String got) {
        return new CheckpointException(Complaint.at(where)
                .expected("a whole checkpoint")
                .got(got)
                .advice("the file is damaged or incomplete; copy or download it again"));
    }
}
