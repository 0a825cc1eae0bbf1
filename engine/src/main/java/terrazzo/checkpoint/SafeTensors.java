package terrazzo.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import terrazzo.checkpoint.PickleValue.Dict;
import terrazzo.checkpoint.PickleValue.ListValue;
import terrazzo.checkpoint.PickleValue.None;
import terrazzo.checkpoint.PickleValue.Str;
import terrazzo.core.AtomicFile;
import terrazzo.core.error.CheckpointException;
import terrazzo.core.error.Complaint;
import terrazzo.core.shape.DType;

/// The [safetensors](https://github.com/huggingface/safetensors) format: the length of a JSON header, the header with
/// type, shape and place of each tensor, and the bytes. What a `.pth` keeps under `meta` stands in the header's
/// `__metadata__`: texts as they are, lists and numbers as JSON.
public final class SafeTensors {

    private static final long MAX_HEADER = 100L << 20; // the reference implementation's limit
    private static final int ALIGNMENT = 64;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private SafeTensors() {}

    /// Writes tensors and what is known about them, streaming.
    ///
    /// @param file created or replaced as a whole
    public static void write(Path file, StateDict tensors, CheckpointMeta meta) throws IOException {
        ObjectNode header = JSON.createObjectNode();
        ObjectNode metadata = metadata(meta);
        if (!metadata.isEmpty()) {
            header.set("__metadata__", metadata);
        }
        long offset = 0;
        for (Map.Entry<String, HostTensor> entry : tensors.tensors().entrySet()) {
            HostTensor tensor = entry.getValue();
            ObjectNode description = header.putObject(entry.getKey()).put("dtype", code(tensor.dtype()));
            ArrayNode shape = description.putArray("shape");
            tensor.shape().forEach(shape::add);
            description.putArray("data_offsets").add(offset).add(offset + tensor.sizeBytes());
            offset += tensor.sizeBytes();
        }
        byte[] text = padded(JSON.writeValueAsBytes(header));
        AtomicFile.write(file, out -> {
            byte[] length = new byte[Long.BYTES];
            MemorySegment.ofArray(length)
                    .set(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), 0, text.length);
            out.write(length);
            out.write(text);
            for (HostTensor tensor : tensors.tensors().values()) {
                copy(tensor.bytes(), out);
            }
        });
    }

    static Unpickled read(String where, MemorySegment file) {
        long length = new PickleInput(where, file, 0).i64();
        if (length < 2 || length > MAX_HEADER || length > file.byteSize() - Long.BYTES) {
            throw damaged(where, "a header of " + length + " bytes in a file of " + file.byteSize());
        }
        MemorySegment data = file.asSlice(Long.BYTES + length);
        JsonNode header = parse(where, file.asSlice(Long.BYTES, length));
        Dict stateDict = Dict.ordered();
        Dict meta = Dict.plain();
        List<Range> ranges = new ArrayList<>();
        header.properties().forEach(entry -> {
            if (entry.getKey().equals("__metadata__")) {
                entry.getValue()
                        .properties()
                        .forEach(
                                e -> meta.put(e.getKey(), metaValue(e.getValue().asText())));
            } else {
                Range range = range(where, entry.getKey(), entry.getValue(), data);
                ranges.add(range);
                stateDict.put(entry.getKey(), PickleValue.of(range.tensor()));
            }
        });
        checkGapless(where, ranges, data.byteSize());
        return new Unpickled(Dict.plain().put("meta", meta).put("state_dict", stateDict), new TreeSet<>());
    }

    /// @param begin first byte of the tensor among the data
    /// @param end byte after the last
    private record Range(String key, long begin, long end, HostTensor tensor) {}

    private static Range range(String where, String key, JsonNode description, MemorySegment data) {
        String code = description.path("dtype").asText();
        DType type = type(code)
                .orElseThrow(() -> new CheckpointException(Complaint.at(where)
                        .expected("'" + key + "' of a type that segmentation models use")
                        .got("'" + code + "'")
                        .advice("convert the file to F32, F16 or BF16")));
        List<Long> shape = new ArrayList<>();
        for (JsonNode size : description.path("shape")) {
            if (!size.isIntegralNumber() || size.asLong() < 0) {
                throw damaged(where, "shape " + description.path("shape") + " of '" + key + "'");
            }
            shape.add(size.asLong());
        }
        long begin = description.path("data_offsets").path(0).asLong(-1);
        long end = description.path("data_offsets").path(1).asLong(-1);
        if (begin < 0 || end < begin || end > data.byteSize() || end - begin != bytes(shape, type)) {
            throw damaged(where, "'" + key + "' " + shape + " " + code + " at bytes " + begin + " to " + end);
        }
        return new Range(key, begin, end, HostTensor.of(type, shape, data.asSlice(begin, end - begin)));
    }

    private static long bytes(List<Long> shape, DType type) {
        try {
            return Math.multiplyExact(HostTensor.numel(shape), type.sizeBytes());
        } catch (ArithmeticException _) {
            return -1;
        }
    }

    /// Tensors cover the data without gaps and overlaps, so nothing can hide in the file.
    private static void checkGapless(String where, List<Range> ranges, long size) {
        ranges.sort(Comparator.comparingLong(Range::begin).thenComparingLong(Range::end));
        long at = 0;
        for (Range range : ranges) {
            if (range.begin() != at) {
                throw damaged(where, "'" + range.key() + "' at byte " + range.begin() + " instead of " + at);
            }
            at = range.end();
        }
        if (at != size) {
            throw damaged(where, size + " bytes of data for tensors of " + at);
        }
    }

    private static JsonNode parse(String where, MemorySegment header) {
        try {
            JsonNode node = JSON.readTree(header.toArray(ValueLayout.JAVA_BYTE));
            if (node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            throw damaged(where, "a header that is no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw damaged(where, "a header that can't be read: " + e.getMessage());
        }
        throw damaged(where, "a header that is no JSON object");
    }

    private static ObjectNode metadata(CheckpointMeta meta) {
        ObjectNode metadata = JSON.createObjectNode();
        if (!meta.classes().isEmpty()) {
            metadata.put("classes", JSON.valueToTree(meta.classes()).toString());
        }
        if (!meta.palette().isEmpty()) {
            metadata.put("palette", JSON.valueToTree(meta.palette()).toString());
        }
        if (!meta.configText().isEmpty()) {
            metadata.put("cfg", meta.configText());
        }
        meta.iter().ifPresent(n -> metadata.put("iter", Long.toString(n)));
        meta.epoch().ifPresent(n -> metadata.put("epoch", Long.toString(n)));
        meta.notes().forEach(metadata::put);
        return metadata;
    }

    /// A value of the metadata: JSON lists and whole numbers by their value, anything else as text.
    private static PickleValue metaValue(String text) {
        if (!text.startsWith("[") && !text.matches("\\d{1,18}")) {
            return new Str(text);
        }
        try {
            return value(JSON.readTree(text), text);
        } catch (JsonProcessingException _) {
            return new Str(text);
        }
    }

    private static PickleValue value(JsonNode node, String text) {
        if (node.isArray()) {
            List<PickleValue> items = new ArrayList<>();
            node.forEach(item -> items.add(value(item, item.toString())));
            return new ListValue(items);
        }
        if (node.isIntegralNumber()) {
            return PickleValue.of(node.asLong());
        }
        return node.isNull() ? new None() : new Str(node.isTextual() ? node.asText() : text);
    }

    /// Spaces after the header bring the data to a multiple of 64 bytes.
    private static byte[] padded(byte[] header) {
        int spaces = (ALIGNMENT - (Long.BYTES + header.length) % ALIGNMENT) % ALIGNMENT;
        byte[] padded = Arrays.copyOf(header, header.length + spaces);
        Arrays.fill(padded, header.length, padded.length, (byte) ' ');
        return padded;
    }

    /// Streams `bytes` through a small buffer.
    static void copy(MemorySegment bytes, OutputStream out) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (long at = 0; at < bytes.byteSize(); at += buffer.length) {
            int n = (int) Math.min(buffer.length, bytes.byteSize() - at);
            MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, at, buffer, 0, n);
            out.write(buffer, 0, n);
        }
    }

    private static String code(DType type) {
        return switch (type) {
            case FLOAT32 -> "F32";
            case FLOAT64 -> "F64";
            case FLOAT16 -> "F16";
            case BFLOAT16 -> "BF16";
            case INT64 -> "I64";
            case INT32 -> "I32";
            case INT16 -> "I16";
            case INT8 -> "I8";
            case UINT8 -> "U8";
            case BOOL -> "BOOL";
        };
    }

    private static Optional<DType> type(String code) {
        for (DType type : DType.values()) {
            if (code(type).equals(code)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    private static CheckpointException damaged(String where, String got) {
        return new CheckpointException(Complaint.at(where)
                .expected("a whole .safetensors file")
                .got(got)
                .advice("the file is damaged or incomplete; copy or download it again"));
    }
}
