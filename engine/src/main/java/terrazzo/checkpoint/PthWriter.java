package terrazzo.checkpoint;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import terrazzo.core.AtomicFile;
import terrazzo.core.Sha256;

/// Writes `.pth` files that `torch.load` and mmengine read: a zip file with a pickle and one stored, 64-byte aligned
/// entry per storage, streamed from where the tensors are. The same values give the same bytes.
///
/// What mmengine resumes from is built of [PickleValue]s like this:
/// {@snippet :
/// Dict momentum = Dict.plain().put("momentum_buffer", PickleValue.of(buffer));
/// Dict group = Dict.plain().put("lr", PickleValue.of(0.01)).put("params", new ListValue(List.of(PickleValue.of(0))));
/// Dict optimizer = Dict.plain()
///         .put("state", Dict.plain().put(PickleValue.of(0), momentum)) // keys are the parameters' numbers
///         .put("param_groups", new ListValue(List.of(group)));
/// PickleValue buffer = HistoryBuffer.of(losses).toValue();
/// PickleValue root = Dict.plain()
///         .put("meta", meta.toValue())
///         .put("state_dict", weights.toValue())
///         .put("optimizer", optimizer)
///         .put("param_schedulers", new ListValue(schedulers))
///         .put("message_hub", Dict.plain().put("log_scalars", Dict.ordered().put("train/loss", buffer)));
/// PthWriter.write(workDir.resolve("iter_30.pth"), root);
/// }
/// Parts of a checkpoint that was read, say its message hub, can be written again as they are. `weights_only=True` of
/// PyTorch accepts the file when it holds no object of mmengine.
public final class PthWriter {

    private static final int ALIGNMENT = 64;
    private static final int LOCAL_HEADER = 30; // bytes before name and extra field
    private static final int PADDING_TAG = 0x4246; // 'FB', as PyTorch marks the padding
    private static final String FOLDER = "archive/";
    // The first second of 1980 would make the zip library add a time stamp that depends on the time zone.
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private PthWriter() {}

    /// Writes `root` with all tensors in it.
    ///
    /// @param file created or replaced as a whole
    /// @throws IllegalArgumentException when values nest too deep or name something that checkpoints must not
    public static void write(Path file, PickleValue root) throws IOException {
        StorageKeys storages = new StorageKeys();
        byte[] program = new PickleWriter(storages).write(root);
        AtomicFile.write(file, out -> write(out, program, storages.storages()));
    }

    /// Writes the weights of a model and what is known of it, without anything that only training needs.
    ///
    /// @param file created or replaced as a whole
    public static void writeModel(Path file, StateDict weights, CheckpointMeta meta) throws IOException {
        write(file, PickleValue.Dict.plain().put("meta", meta.toValue()).put("state_dict", weights.toValue()));
    }

    /// [#writeModel] with the first eight digits of the file's SHA-256 in its name, as OpenMMLab names what it
    /// publishes.
    ///
    /// @param file the name without them: `fcn.pth` becomes `fcn-1a2b3c4d.pth`
    /// @return the file
    public static Path publish(Path file, StateDict weights, CheckpointMeta meta) throws IOException {
        Path temporary = AtomicFile.temporaryFor(file);
        try {
            writeModel(temporary, weights, meta);
            String stem = file.getFileName().toString().replaceFirst("\\.(pth|pt)$", "");
            Path named = file.resolveSibling(stem + "-" + Sha256.of(temporary).substring(0, 8) + ".pth");
            AtomicFile.commit(temporary, named);
            return named;
        } finally {
            Files.deleteIfExists(temporary); // gone already unless something failed
        }
    }

    private static void write(OutputStream out, byte[] program, List<Storage> storages) throws IOException {
        CountingStream counted = new CountingStream(out);
        try (ZipOutputStream zip = new ZipOutputStream(counted, StandardCharsets.UTF_8)) {
            entry(zip, counted, "data.pkl", MemorySegment.ofArray(program));
            entry(zip, counted, "byteorder", ascii("little"));
            for (int i = 0; i < storages.size(); i++) {
                entry(zip, counted, "data/" + i, storages.get(i).bytes());
            }
            entry(zip, counted, "version", ascii("3\n"));
        }
    }

    private static void entry(ZipOutputStream zip, CountingStream counted, String name, MemorySegment content)
            throws IOException {
        ZipEntry entry = new ZipEntry(FOLDER + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.byteSize());
        entry.setCrc(crc(content));
        entry.setTimeLocal(NO_TIME);
        entry.setExtra(padding(counted.count + LOCAL_HEADER + entry.getName().length()));
        zip.putNextEntry(entry);
        SafeTensors.copy(content, zip);
        zip.closeEntry();
    }

    /// An extra field that ends at a multiple of 64 bytes when it starts at byte `start` of the file.
    private static byte[] padding(long start) {
        int fill = (int) ((ALIGNMENT - (start + 4) % ALIGNMENT) % ALIGNMENT);
        byte[] extra = new byte[4 + fill];
        extra[0] = (byte) PADDING_TAG;
        extra[1] = (byte) (PADDING_TAG >> 8);
        extra[2] = (byte) fill;
        return extra;
    }

    private static long crc(MemorySegment content) {
        CRC32 crc = new CRC32();
        long chunk = 1L << 30; // buffers end at 2 GB
        for (long at = 0; at < content.byteSize(); at += chunk) {
            crc.update(content.asSlice(at, Math.min(chunk, content.byteSize() - at))
                    .asByteBuffer());
        }
        return crc.getValue();
    }

    private static MemorySegment ascii(String text) {
        return MemorySegment.ofArray(text.getBytes(StandardCharsets.US_ASCII));
    }

    /// Knows how many bytes went through, and leaves closing to whoever opened the file.
    private static final class CountingStream extends FilterOutputStream {
        private long count;

        CountingStream(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            count++;
        }

        @Override
        public void write(byte[] bytes, int start, int length) throws IOException {
            out.write(bytes, start, length);
            count += length;
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
