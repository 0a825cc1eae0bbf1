package terrazzo.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import terrazzo.golden.GoldenFiles;

/// Small files that PyTorch, NumPy and safetensors wrote, with every element type and kind of view.
class TorchFilesTest {

    private static final Set<String> SIGNED_SHIFTED = Set.of("i16", "i8");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "torch_2.13.pth",
                "torch_2.13_protocol_5.pth",
                "torch_2.13_legacy.pth",
                "torch_1.13_legacy.pth",
                "tensors.safetensors"
            })
    void readsEveryTypeAndView(String name) throws IOException {
        StateDict tensors = load(name).stateDict();
        assertEquals(19, tensors.size());
        for (String key : List.of("f32", "half", "bf16", "f64", "i64", "i32", "i16", "i8", "u8")) {
            HostTensor tensor = tensors.get(key).orElseThrow();
            assertEquals(List.of(4L, 6L), tensor.shape());
            float first = SIGNED_SHIFTED.contains(key) ? (key.equals("i8") ? -12 : -5) : 0;
            for (int i = 0; i < 24; i++) {
                assertEquals(first + i, tensor.toFloats()[i], 0, key);
            }
        }
        assertArrayEquals(new float[] {8, 9, 10, 14, 15, 16}, floats(tensors, "slice")); // rows 1, 2, columns 2 to 4
        assertArrayEquals(new float[] {0, 6, 12, 18, 1, 7}, Arrays.copyOf(floats(tensors, "t"), 6));
        assertArrayEquals(new float[] {10, 11, 12, 13, 14, 15, 16, 17, 18, 19}, floats(tensors, "view_a"));
        assertArrayEquals(new float[] {50, 52, 54, 56, 58}, floats(tensors, "view_b"));
        assertArrayEquals(new float[] {3, 3, 3, 3, 3, 3, 3, 3, 3, 3}, floats(tensors, "expand"));
        assertArrayEquals(new float[] {1, 1, 1, 1}, floats(tensors, "param"));
        assertEquals(5, floats(tensors, "channels_last")[5]);
        assertEquals(List.of(), tensors.get("scalar").orElseThrow().shape());
        assertArrayEquals(new long[] {7}, tensors.get("scalar").orElseThrow().toLongs());
        assertEquals(0, floats(tensors, "empty").length);
        assertEquals(
                12 * 1.0,
                Arrays.stream(tensors.get("bool").orElseThrow().toDoubles()).sum());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"torch_2.13.pth", "torch_2.13_protocol_5.pth", "torch_2.13_legacy.pth", "torch_1.13_legacy.pth"})
    void readsPythonValuesAndMeta(String name) throws IOException {
        Checkpoint checkpoint = load(name);
        assertEquals(List.of("a", "b"), checkpoint.meta().classes());
        assertEquals(
                List.of(List.of(1, 2, 3), List.of(4, 5, 6)), checkpoint.meta().palette());
        assertEquals(Optional.of(5L), checkpoint.meta().iter());
        assertEquals("x = 1", checkpoint.meta().configText());
        assertEquals("0.11.0", checkpoint.meta().notes().get("mmseg_version"));
        PickleValue root = checkpoint.root();
        assertEquals(Optional.of(2.5), root.at("meta").flatMap(m -> m.at("np")).flatMap(PickleValue::asDouble));
        assertEquals(
                new PickleValue.Int(BigInteger.ONE.shiftLeft(80)),
                root.at("big").orElseThrow());
        assertEquals(Optional.of(-5L), root.at("neg").flatMap(PickleValue::asLong));
        assertArrayEquals(
                new byte[] {0, (byte) 0xFF},
                assertInstanceOf(PickleValue.Bytes.class, root.at("b").orElseThrow())
                        .toArray());
        assertEquals(2, root.at("s").orElseThrow().asItems().size());
        assertEquals(2, root.at("size").orElseThrow().asItems().size());
        assertArrayEquals(
                new float[] {0, 1, 2, 3, 4, 5},
                root.at("fortran").flatMap(PickleValue::asTensor).orElseThrow().toFloats());
        assertTrue(checkpoint.inert().isEmpty());
    }

    @Test
    void readsTheOldestProtocol() throws IOException {
        Checkpoint checkpoint = load("protocol_0.pkl");
        assertEquals(CheckpointFormat.PICKLE, checkpoint.format());
        assertArrayEquals(new float[] {0, 1, 2, 3}, floats(checkpoint.stateDict(), "a"));
        List<PickleValue> blobs = checkpoint.root().at("blobs").orElseThrow().asItems();
        assertEquals(PickleValue.of(2.5), blobs.get(1));
        assertEquals(PickleValue.of(true), blobs.get(2));
        assertEquals(PickleValue.of("ü"), blobs.get(4));
    }

    private static Checkpoint load(String name) throws IOException {
        Path file = GoldenFiles.committed("checkpoints").resolve(name);
        return Checkpoint.load(file);
    }

    private static float[] floats(StateDict tensors, String key) {
        return tensors.get(key).orElseThrow().toFloats();
    }
}
