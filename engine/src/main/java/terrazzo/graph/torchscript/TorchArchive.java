package terrazzo.graph.torchscript;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A zip as PyTorch's reader wants it: entries stored, content starting at multiples of 64 bytes so that it can be
/// mapped.
final class TorchArchive implements AutoCloseable {

    private static final int ALIGNMENT = 64;
    private static final int LOCAL_HEADER_BYTES = 30;
    private static final int EXTRA_HEADER_BYTES = 4;

    private final ByteArrayOutputStream out;
    private final ZipOutputStream zip;

    TorchArchive(ByteArrayOutputStream out) {
        this.out = out;
        this.zip = new ZipOutputStream(out);
        zip.setMethod(ZipOutputStream.STORED);
    }

    void text(String name, String text) {
        entry(name, text.getBytes(StandardCharsets.UTF_8));
    }

    void entry(String name, byte[] content) {
        String path = "archive/" + name;
        ZipEntry entry = new ZipEntry(path);
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setCrc(crc.getValue());
        entry.setSize(content.length);
        entry.setCompressedSize(content.length);
        entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0)); // equal models give equal archives
        entry.setExtra(padding(out.size() + LOCAL_HEADER_BYTES + path.length() + EXTRA_HEADER_BYTES));
        try {
            zip.putNextEntry(entry);
            zip.write(content);
            zip.closeEntry();
            zip.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("a zip in memory can't fail", e);
        }
    }

    /// An extra field "FB", as PyTorch writes it, that moves the content to the next multiple of 64.
    private static byte[] padding(int start) {
        int pad = Math.floorMod(-start, ALIGNMENT);
        byte[] extra = new byte[EXTRA_HEADER_BYTES + pad];
        extra[0] = 'F';
        extra[1] = 'B';
        extra[2] = (byte) pad;
        return extra;
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a zip in memory can't fail", e);
        }
    }
}
