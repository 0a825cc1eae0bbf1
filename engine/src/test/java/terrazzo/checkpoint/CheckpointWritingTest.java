package terrazzo.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import terrazzo.checkpoint.PickleValue.Dict;
import terrazzo.checkpoint.PickleValue.Global;
import terrazzo.checkpoint.PickleValue.ListValue;
import terrazzo.checkpoint.PickleValue.Opaque;
import terrazzo.checkpoint.PickleValue.Tuple;
import terrazzo.core.error.CheckpointException;
import terrazzo.core.shape.DType;

class CheckpointWritingTest {

    private static final CheckpointMeta META = new CheckpointMeta(
            List.of("road", "sky"),
            List.of(List.of(128, 64, 128), List.of(70, 130, 180)),
            "model = dict(type='EncoderDecoder')\n",
            Optional.of(30L),
            Optional.of(2L),
            Map.of("seed", "7"));

    @TempDir
    Path folder;

    @Test
    void readsBackWhatItWroteAsPth() throws IOException {
        Path file = folder.resolve("iter_30.pth");
        PthWriter.write(
                file,
                Dict.plain()
                        .put("meta", META.toValue())
                        .put("state_dict", weights().toValue()));
        Checkpoint checkpoint = Checkpoint.load(file);
        assertEquals(META, checkpoint.meta());
        assertSameTensors(weights(), checkpoint.stateDict());
        assertTrue(checkpoint.inert().isEmpty());
    }

    @Test
    void readsBackWhatItWroteAsSafetensors() throws IOException {
        Path file = folder.resolve("model.safetensors");
        SafeTensors.write(file, weights(), META);
        Checkpoint checkpoint = Checkpoint.load(file);
        assertEquals(CheckpointFormat.SAFETENSORS, checkpoint.format());
        assertEquals(META, checkpoint.meta());
        assertSameTensors(weights(), checkpoint.stateDict());
    }

    @Test
    void halvesKernelsAndKeepsVectors() throws IOException {
        StateDict full = new StateDict(Map.of(
                "conv.weight", HostTensor.ofFloats(List.of(2L, 2L), 0.1f, -1e-3f, 65504f, 3),
                "bn.bias", HostTensor.ofFloats(List.of(2L), 0.1f, 7)));
        Path file = folder.resolve("half.safetensors");
        SafeTensors.write(file, full.halved(), META);

        StateDict read = Checkpoint.load(file).stateDict();
        HostTensor kernel = read.get("conv.weight").orElseThrow();
        assertEquals(DType.FLOAT16, kernel.dtype());
        assertArrayEquals(new float[] {0.099975586f, -0.0010004044f, 65504, 3}, kernel.toFloats());
        HostTensor bias = read.get("bn.bias").orElseThrow();
        assertEquals(DType.FLOAT32, bias.dtype());
        assertArrayEquals(new float[] {0.1f, 7}, bias.toFloats());
    }

    @Test
    void writesTheSameBytesForTheSameValues() throws IOException {
        Path first = folder.resolve("a.pth");
        Path second = folder.resolve("b.pth");
        PthWriter.write(first, weights().toValue());
        PthWriter.write(second, weights().toValue());
        assertEquals(-1, Files.mismatch(first, second));
    }

    @Test
    void storesTensorsUncompressedAtMultiplesOf64() throws IOException {
        Path file = folder.resolve("a.pth");
        PthWriter.write(file, weights().toValue());
        byte[] bytes = Files.readAllBytes(file);
        byte[] marker = weights().get("conv.weight").orElseThrow().bytes().toArray(ValueLayout.JAVA_BYTE);
        assertEquals(0, find(bytes, marker) % 64);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertTrue(zip.stream().allMatch(entry -> entry.getMethod() == ZipEntry.STORED));
            assertEquals("archive/data.pkl", zip.entries().nextElement().getName());
        }
    }

    @Test
    void keepsOptimizerStateAndHistoryForMmengine() throws IOException {
        Dict momentum =
                Dict.plain().put("momentum_buffer", PickleValue.of(HostTensor.ofFloats(List.of(2L), 0.5f, -1f)));
        Dict group = Dict.plain()
                .put("lr", PickleValue.of(0.01))
                .put("nesterov", PickleValue.of(false))
                .put("params", new ListValue(List.of(PickleValue.of(0))));
        Dict optimizer = Dict.plain()
                .put("state", Dict.plain().put(PickleValue.of(0), momentum))
                .put("param_groups", new ListValue(List.of(group)));
        Dict history = Dict.plain()
                .put("max_length", PickleValue.of(1_000_000))
                .put("_log_history", NumpyValues.array(HostTensor.ofDoubles(List.of(3L), 1, 0.5, 0.25)));
        Opaque buffer = Opaque.newObject(new Global("mmengine.logging.history_buffer", "HistoryBuffer"), history);
        Path file = folder.resolve("iter_3.pth");
        PthWriter.write(
                file,
                Dict.plain()
                        .put("state_dict", weights().toValue())
                        .put("optimizer", optimizer)
                        .put("message_hub", Dict.ordered().put("train/loss", buffer))
                        .put("eta", NumpyValues.float64(12.5))
                        .put("seed", PickleValue.of(1L << 40)));

        Checkpoint checkpoint = Checkpoint.load(file);
        PickleValue state =
                checkpoint.part("optimizer").orElseThrow().at("state").orElseThrow();
        PickleValue first = ((Dict) state).get(PickleValue.of(0)).orElseThrow();
        assertArrayEquals(
                new float[] {0.5f, -1f},
                first.at("momentum_buffer")
                        .flatMap(PickleValue::asTensor)
                        .orElseThrow()
                        .toFloats());
        PickleValue read =
                checkpoint.part("message_hub").orElseThrow().at("train/loss").orElseThrow();
        assertArrayEquals(
                new double[] {1, 0.5, 0.25},
                assertInstanceOf(Opaque.class, read)
                        .state()
                        .flatMap(s -> s.at("_log_history"))
                        .flatMap(PickleValue::asTensor)
                        .orElseThrow()
                        .toDoubles());
        assertEquals(Optional.of(12.5), checkpoint.part("eta").flatMap(PickleValue::asDouble));
        assertEquals(Optional.of(1L << 40), checkpoint.part("seed").flatMap(PickleValue::asLong));
        assertEquals(List.of("mmengine.logging.history_buffer.HistoryBuffer"), List.copyOf(checkpoint.inert()));
    }

    @Test
    void keepsTensorsThatShareAStorageShared() throws IOException {
        Storage storage = Storage.of(
                DType.FLOAT32,
                HostTensor.ofFloats(List.of(6L), 0, 1, 2, 3, 4, 5).bytes());
        HostTensor whole = new HostTensor(storage, 0, List.of(2L, 3L), List.of(3L, 1L));
        HostTensor turned = new HostTensor(storage, 0, List.of(3L, 2L), List.of(1L, 3L));
        Path file = folder.resolve("a.pth");
        PthWriter.write(file, Dict.plain().put("whole", PickleValue.of(whole)).put("turned", PickleValue.of(turned)));
        StateDict read = Checkpoint.load(file).stateDict();
        assertArrayEquals(
                new float[] {0, 3, 1, 4, 2, 5}, read.get("turned").orElseThrow().toFloats());
        assertSame(
                read.get("whole").orElseThrow().storage(),
                read.get("turned").orElseThrow().storage());
    }

    @Test
    void refusesToWriteDangerousNames() {
        Path file = folder.resolve("evil.pth");
        Opaque call = Opaque.call(new Global("os", "system"), PickleValue.of("id"));
        assertThrows(CheckpointException.class, () -> PthWriter.write(file, Tuple.of(call)));
        assertTrue(Files.notExists(file));
    }

    @Test
    void refusesSafetensorsWithGapsOverlapsOrWrongLengths() throws IOException {
        assertEquals(
                "a.safetensors: expected a whole .safetensors file, got 'w' [2] F32 at bytes 0 to 4"
                        + " — the file is damaged or incomplete; copy or download it again",
                safetensorsFailure("{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}", 8));
        assertEquals(
                "a.safetensors: expected a whole .safetensors file, got 'w' at byte 4 instead of 0"
                        + " — the file is damaged or incomplete; copy or download it again",
                safetensorsFailure("{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", 8));
        assertEquals(
                "a.safetensors: expected 'w' of a type that segmentation models use, got 'F8_E5M2'"
                        + " — convert the file to F32, F16 or BF16",
                safetensorsFailure("{\"w\":{\"dtype\":\"F8_E5M2\",\"shape\":[1],\"data_offsets\":[0,1]}}", 1));
    }

    @Test
    void roundsHalfAndBfloat16AsPyTorchDoes() {
        // 0x3C00 is 1.0 and 0xC100 is -2.5 in float16; 0x3F80 is 1.0 and 0xC020 is -2.5 in bfloat16
        byte[] half = {0x00, 0x3C, 0x00, (byte) 0xC1};
        byte[] brain = {(byte) 0x80, 0x3F, 0x20, (byte) 0xC0};
        float[] expected = {1f, -2.5f};
        assertArrayEquals(
                expected,
                HostTensor.of(DType.FLOAT16, List.of(2L), MemorySegment.ofArray(half))
                        .toFloats());
        assertArrayEquals(
                expected,
                HostTensor.of(DType.BFLOAT16, List.of(2L), MemorySegment.ofArray(brain))
                        .toFloats());
    }

    private String safetensorsFailure(String header, int dataBytes) throws IOException {
        byte[] file = new byte[8 + header.length() + dataBytes];
        MemorySegment segment = MemorySegment.ofArray(file);
        segment.set(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), 0, header.length());
        MemorySegment.copy(
                MemorySegment.ofArray(header.getBytes(StandardCharsets.UTF_8)), 0, segment, 8, header.length());
        Path path = Files.write(folder.resolve("a.safetensors"), file);
        CheckpointException failure = assertThrows(CheckpointException.class, () -> Checkpoint.load(path));
        return failure.complaint().text();
    }

    private static StateDict weights() {
        Map<String, HostTensor> tensors = new LinkedHashMap<>();
        tensors.put("conv.weight", HostTensor.ofFloats(List.of(2L, 1L, 2L, 2L), 1, -2, 3, -4, 5, -6, 7, -8));
        tensors.put("bn.num_batches_tracked", HostTensor.ofLongs(List.of(), 30));
        tensors.put("empty", HostTensor.ofFloats(List.of(0L, 3L)));
        tensors.put("mask", HostTensor.of(DType.BOOL, List.of(3L), MemorySegment.ofArray(new byte[] {1, 0, 1})));
        tensors.put("half", HostTensor.of(DType.FLOAT16, List.of(1L), MemorySegment.ofArray(new byte[] {0, 0x3C})));
        tensors.put("int8", HostTensor.of(DType.INT8, List.of(2L), MemorySegment.ofArray(new byte[] {-1, 5})));
        tensors.put("größe", HostTensor.ofDoubles(List.of(1L), Math.PI));
        return new StateDict(tensors);
    }

    private static void assertSameTensors(StateDict expected, StateDict actual) {
        assertEquals(expected.keys(), actual.keys());
        expected.tensors()
                .forEach((key, tensor) ->
                        assertTrue(tensor.hasSameContent(actual.get(key).orElseThrow()), key));
    }

    private static int find(byte[] all, byte[] part) {
        for (int at = 0; at + part.length <= all.length; at++) {
            if (Arrays.equals(all, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        return -1;
    }
}
