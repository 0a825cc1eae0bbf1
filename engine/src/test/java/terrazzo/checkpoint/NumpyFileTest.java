package terrazzo.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import terrazzo.core.error.CheckpointException;

final class NumpyFileTest {

    @TempDir
    private Path folder;

    @Test
    void readsColumnsFirst() throws IOException {
        Path file = write("a.npy", npy("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }", 1, 4, 2, 5, 3, 6));

        HostTensor array = Checkpoint.load(file).stateDict().get("array").orElseThrow();

        assertEquals(List.of(2L, 3L), array.shape());
        assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, array.toFloats());
    }

    @Test
    void readsCompressedArchives() throws IOException {
        Path file = folder.resolve("a.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("block/bias.npy"));
            zip.write(npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", 1, 2));
        }

        Checkpoint read = Checkpoint.load(file);

        assertEquals("NumPy", read.format().label());
        assertEquals(List.of("block/bias"), read.stateDict().keys());
    }

    @Test
    void refusesPythonObjects() throws IOException {
        Path file = write("a.npy", npy("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", 1));

        assertEquals(
                "a.npy: expected little-endian numbers, got elements of type '|O' — save it as float32 with NumPy",
                failure(file));
    }

    @Test
    void refusesArraysThatAreNotWhole() throws IOException {
        Path file = write("a.npy", npy("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", 1, 2));

        assertEquals(
                "a.npy: expected an array of NumPy, got 8 bytes for shape [3] — the file is damaged or incomplete; copy"
                        + " or download it again",
                failure(file));
    }

    @Test
    void refusesShapesBeyondAllMemory() throws IOException {
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999, 9), }";

        assertEquals(
                "a.npy: expected an array of NumPy, got an array of shape [9223372036854775807, 9] — the file is"
                        + " damaged or incomplete; copy or download it again",
                failure(write("a.npy", npy(header))));
    }

    @Test
    void refusesHeadersThatAreNone() throws IOException {
        assertEquals(
                "a.npy: expected an array of NumPy, got the header __import__('os') — the file is damaged or"
                        + " incomplete; copy or download it again",
                failure(write("a.npy", npy("__import__('os')", 1))));
        assertEquals(
                "a.npy: expected an array of NumPy, got something else — the file is damaged or incomplete; copy or"
                        + " download it again",
                failure(write("a.npy", NumpyFile.MAGIC.getBytes(StandardCharsets.ISO_8859_1))));
    }

    private String failure(Path file) {
        return String.valueOf(assertThrows(CheckpointException.class, () -> Checkpoint.load(file))
                .getMessage());
    }

    private Path write(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    private static byte[] npy(String header, float... values) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(NumpyFile.MAGIC.getBytes(StandardCharsets.ISO_8859_1));
        ByteBuffer rest =
                ByteBuffer.allocate(4 + header.length() + 1 + values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        rest.put((byte) 1).put((byte) 0).putShort((short) (header.length() + 1));
        rest.put((header + "\n").getBytes(StandardCharsets.ISO_8859_1));
        for (float value : values) {
            rest.putFloat(value);
        }
        out.write(rest.array());
        return out.toByteArray();
    }
}
