package terrazzo.checkpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Assembles pickles byte by byte, among them such as no honest program writes.
final class PickleBytes {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    PickleBytes() {
        op(0x80, 2);
    }

    PickleBytes op(int... codes) {
        for (int code : codes) {
            out.write(code);
        }
        return this;
    }

    PickleBytes text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return op('X').int32(utf8.length).raw(utf8);
    }

    PickleBytes integer(int value) {
        return op('J').int32(value);
    }

    PickleBytes global(String module, String name) {
        return op('c').raw((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
    }

    PickleBytes int32(int value) {
        return raw(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
    }

    PickleBytes raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    PickleBytes repeat(int times, int... codes) {
        for (int i = 0; i < times; i++) {
            op(codes);
        }
        return this;
    }

    /// A tensor of float32 in storage `0`.
    PickleBytes tensor(int numel, int offset, int size, int stride) {
        global("torch._utils", "_rebuild_tensor_v2").op('(');
        op('(').text("storage")
                .global("torch", "FloatStorage")
                .text("0")
                .text("cpu")
                .integer(numel);
        op('t', 'Q').integer(offset).integer(size).op(0x85).integer(stride).op(0x85, 0x89);
        return global("collections", "OrderedDict").op(')', 'R', 't', 'R');
    }

    byte[] stop() {
        op('.');
        return out.toByteArray();
    }

    /// A checkpoint file of PyTorch's layout with this program and the given storages.
    static Path zip(Path file, byte[] program, Map<String, byte[]> others) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("archive/data.pkl"));
            zip.write(program);
            for (Map.Entry<String, byte[]> entry : others.entrySet()) {
                zip.putNextEntry(new ZipEntry("archive/" + entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return file;
    }
}
