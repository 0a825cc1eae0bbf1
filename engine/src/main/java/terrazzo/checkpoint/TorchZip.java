package terrazzo.checkpoint;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import terrazzo.core.error.CheckpointException;
import terrazzo.core.error.Complaint;
import terrazzo.core.shape.DType;

/// The format of `torch.save` since PyTorch 1.6: a zip file with `NAME/data.pkl`, `NAME/byteorder` and the storages
/// `NAME/data/KEY`.
final class TorchZip {

    private final String where;
    private final ZipIndex zip;
    private final String prefix;
    private final Map<String, Storage> storages = new HashMap<>();

    private TorchZip(String where, MemorySegment file) {
        this.where = where;
        this.zip = new ZipIndex(where, file);
        this.prefix = findPrefix();
    }

    static Unpickled read(String where, MemorySegment file) {
        TorchZip archive = new TorchZip(where, file);
        archive.checkByteOrder();
        MemorySegment program = archive.zip.content(archive.prefix + "data.pkl");
        PickleInput in = new PickleInput(where, program, 0);
        PickleReader reader = new PickleReader(in, PickleLimits.DEFAULT, archive::storage);
        PickleValue root = reader.read();
        return new Unpickled(root, reader.inert());
    }

    private String findPrefix() {
        for (String name : zip.names()) {
            if (name.endsWith("/data.pkl") || name.equals("data.pkl")) {
                String found = name.substring(0, name.length() - "data.pkl".length());
                if (zip.has(found + "constants.pkl")) {
                    throw new CheckpointException(Complaint.at(where)
                            .expected("a checkpoint")
                            .got("a TorchScript program")
                            .advice("save the model's state_dict() with torch.save instead"));
                }
                return found;
            }
        }
        throw new CheckpointException(Complaint.at(where)
                .expected("a checkpoint of PyTorch")
                .got("a zip file without data.pkl")
                .advice("if the .pth file is packed in this archive, unpack it first"));
    }

    private void checkByteOrder() {
        String name = prefix + "byteorder";
        if (zip.has(name)) {
            byte[] order = zip.content(name).toArray(ValueLayout.JAVA_BYTE);
            TorchLegacy.checkLittleEndian(where, new String(order, StandardCharsets.US_ASCII).equals("little"));
        }
    }

    private Storage storage(String key, DType dtype, long numel) {
        Storage known = storages.get(key);
        if (known != null && known.dtype() == dtype && known.numel() >= numel) {
            return known;
        }
        Storage storage = new Storage(dtype, numel);
        MemorySegment content = zip.content(prefix + "data/" + key);
        if (content.byteSize() < storage.sizeBytes()) {
            throw new CheckpointException(Complaint.at(where)
                    .expected(storage.sizeBytes() + " bytes in storage " + key)
                    .got(Long.toString(content.byteSize()))
                    .advice("the file is damaged; copy or download it again"));
        }
        storage.bind(content);
        storages.put(key, storage);
        return storage;
    }
}
