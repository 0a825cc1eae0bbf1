package terrazzo.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import terrazzo.core.error.CheckpointException;
import terrazzo.golden.GoldenFiles;

@Timeout(60)
class HostileCheckpointTest {

    private static final String ATTACK =
            ", which no checkpoint needs and an attack does — nothing was executed; don't open"
                    + " it in Python either, get the weights from another source";
    private static final String COPY = " — the file is damaged or incomplete; copy or download it again";
    private static final String REFUSED = " — refused to load: no checkpoint needs that, the file may be an attack";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "posix, system",
        "os, popen",
        "nt, system",
        "subprocess, Popen",
        "builtins, eval",
        "__builtin__, exec",
        "builtins, __import__",
        "runpy, run_path",
        "importlib, import_module",
        "os.path, join",
        "torch.hub, load",
        "socket, socket",
    })
    void refusesDangerousFunctionsByName(String module, String name) throws IOException {
        Path proof = folder.resolve("proof");
        byte[] program = new PickleBytes()
                .global(module, name)
                .text("touch " + proof)
                .op(0x85, 'R')
                .stop();
        assertEquals(
                "evil.pth: refused to load: the file calls '" + module + "." + name + "'" + ATTACK, failure(program));
        assertFalse(Files.exists(proof));
    }

    @Test
    void refusesDangerousFunctionsNamedOnTheStack() throws IOException {
        byte[] program = new PickleBytes()
                .text("posix")
                .text("system")
                .op(0x93)
                .text("id")
                .op(0x85, 'R')
                .stop();
        assertEquals("evil.pth: refused to load: the file calls 'posix.system'" + ATTACK, failure(program));
    }

    @Test
    void refusesDangerousFunctionsInLegacyAndBarePickles() throws IOException {
        byte[] program = new PickleBytes()
                .global("posix", "system")
                .text("id")
                .op(0x85, 'R')
                .stop();
        Path bare = Files.write(folder.resolve("bare.pkl"), program);
        assertEquals("bare.pkl: refused to load: the file calls 'posix.system'" + ATTACK, failure(bare));
        byte[] magic = new PickleBytes()
                .op(0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19)
                .stop();
        byte[] protocol = new PickleBytes().integer(1001).stop();
        byte[] machine = new PickleBytes().op('}').stop();
        Path legacy = folder.resolve("legacy.pth");
        Files.write(legacy, magic);
        for (byte[] part : List.of(protocol, machine, program)) {
            Files.write(legacy, part, StandardOpenOption.APPEND);
        }
        assertEquals("legacy.pth: refused to load: the file calls 'posix.system'" + ATTACK, failure(legacy));
    }

    @Test
    void keepsUnknownCallsInert() throws IOException {
        byte[] program = new PickleBytes()
                .op('}')
                .text("hook")
                .global("builtins", "getattr")
                .global("my.hooks", "Hook")
                .text("run")
                .op(0x86, 'R', 's')
                .text("weight")
                .tensor(2, 0, 2, 1)
                .op('s')
                .stop();
        Path file = PickleBytes.zip(folder.resolve("a.pth"), program, Map.of("data/0", new byte[8]));
        Checkpoint checkpoint = Checkpoint.load(file);
        assertEquals(List.of("weight"), checkpoint.stateDict().keys());
        assertEquals(List.of("builtins.getattr"), List.copyOf(checkpoint.inert()));
    }

    @Test
    void refusesEndlessNesting() throws IOException {
        String deep = "evil.pth: expected at most containers nested 200 deep, got deeper ones" + REFUSED;
        assertEquals(
                deep, failure(new PickleBytes().op(')').repeat(1_000_000, 0x85).stop()));
        assertEquals(
                deep,
                failure(new PickleBytes()
                        .op(']')
                        .repeat(500_000, ']')
                        .repeat(500_000, 'a')
                        .stop()));
    }

    @Test
    void survivesAContainerWithinItself() throws IOException {
        byte[] program = new PickleBytes().op(']', 'q', 0, 'h', 0, 'a').stop();
        assertEquals(
                "evil.pth: expected tensors by name, or a dict with 'state_dict' or 'model', got none"
                        + " — choose the file with the model's weights",
                failure(program));
    }

    @Test
    void refusesTooManyInstructions() throws IOException {
        byte[] program = new PickleBytes().repeat(2_500_000, 'N', '0').op('N').stop();
        assertEquals("evil.pkl: expected at most 4,000,000 instructions, got more" + REFUSED, bareFailure(program));
    }

    @Test
    void refusesTextsThatMultiply() throws IOException {
        PickleBytes program =
                new PickleBytes().text("x".repeat(1 << 20)).op('q', 0, '0').global("_codecs", "encode");
        program.op('q', 1, '0').text("latin1").op('q', 2, '0').op('(');
        program.repeat(300, 'h', 1, 'h', 0, 'h', 2, 0x86, 'R');
        assertEquals(
                "evil.pkl: expected at most 268,435,456 bytes of text, got more" + REFUSED,
                bareFailure(program.op('t').stop()));
    }

    @Test
    void refusesHugeClaims() throws IOException {
        assertEquals(
                "evil.pth: expected a whole pickle, got a value that goes beyond its end at byte 7" + COPY,
                failure(new PickleBytes().op('X').int32(-1).op('a').stop()));
        assertEquals(
                "evil.pth: expected a whole pickle, got an integer of 2147483647 bytes at byte 7" + COPY,
                failure(new PickleBytes().op(0x8b).int32(Integer.MAX_VALUE).stop()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        2  | 0  | 3          | 1          | a tensor [3] that needs element 2 of 2
        2  | 2  | 1          | 1          | a tensor [1] that needs element 2 of 2
        2  | 0  | 2          | 2147483647 | a tensor [2] that needs element 2147483647 of 2
        2  | 0  | 2147483647 | 0          | a tensor [2147483647] that needs element 2147483647 of 2
        """)
    void refusesTensorsOutsideOfTheirStorage(int numel, int offset, int size, int stride, String got)
            throws IOException {
        byte[] program = new PickleBytes()
                .op('}')
                .text("w")
                .tensor(numel, offset, size, stride)
                .op('s')
                .stop();
        Path file = PickleBytes.zip(folder.resolve("evil.pth"), program, Map.of("data/0", new byte[8]));
        assertEquals(
                "evil.pth: expected tensors within their storages, got " + got
                        + " — the file is damaged or an attack; copy or download it again",
                failure(file));
    }

    @Test
    void refusesNegativeSizes() throws IOException {
        byte[] program =
                new PickleBytes().op('}').text("w").tensor(2, 0, -1, 1).op('s').stop();
        Path file = PickleBytes.zip(folder.resolve("evil.pth"), program, Map.of("data/0", new byte[8]));
        String text = failure(file);
        assertTrue(text.startsWith("evil.pth: expected a whole pickle, got a size that is no count at byte"), text);
    }

    @Test
    void refusesShortStorages() throws IOException {
        byte[] program = new PickleBytes()
                .op('}')
                .text("w")
                .tensor(1000, 0, 2, 1)
                .op('s')
                .stop();
        Path file = PickleBytes.zip(folder.resolve("evil.pth"), program, Map.of("data/0", new byte[8]));
        assertEquals(
                "evil.pth: expected 4000 bytes in storage 0, got 8 — the file is damaged; copy or download it again",
                failure(file));
    }

    @Test
    void refusesZipBombs() throws IOException {
        byte[] program =
                new PickleBytes().op('}').text("w").tensor(2, 0, 2, 1).op('s').stop();
        Path file = PickleBytes.zip(folder.resolve("evil.pth"), program, Map.of("data/0", new byte[100 << 20]));
        String text = failure(file);
        assertTrue(
                text.matches("evil.pth: expected entries that PyTorch stores without compression, got 'archive/data/0'"
                        + " that grows from \\d+ to 104857600 bytes — refused to load: it may be a zip bomb"),
                text);
    }

    @Test
    void refusesBigEndianNumbers() throws IOException {
        Path file = PickleBytes.zip(
                folder.resolve("evil.pth"),
                new PickleBytes().op('}').stop(),
                Map.of("byteorder", "big".getBytes(StandardCharsets.US_ASCII)));
        assertEquals(
                "evil.pth: expected little-endian numbers, got big-endian ones"
                        + " — load and save the file again with PyTorch on an x86 or ARM machine",
                failure(file));
    }

    @Test
    void refusesTruncatedZipsAtAnyLength() throws IOException {
        byte[] program =
                new PickleBytes().op('}').text("w").tensor(2, 0, 2, 1).op('s').stop();
        byte[] whole = Files.readAllBytes(
                PickleBytes.zip(folder.resolve("whole.pth"), program, Map.of("data/0", new byte[8])));
        for (int length = 4; length < whole.length; length += 7) {
            Path file = Files.write(folder.resolve("cut.pth"), Arrays.copyOf(whole, length));
            assertEquals("cut.pth: expected a whole zip file, got no directory at its end" + COPY, failure(file));
        }
    }

    @Test
    void endsInAMessageWhateverByteIsWrong() throws IOException {
        byte[] program =
                new PickleBytes().op('}').text("w").tensor(2, 0, 2, 1).op('s').stop();
        Path zip = PickleBytes.zip(folder.resolve("whole.pth"), program, Map.of("data/0", new byte[8]));
        Path tensors = folder.resolve("whole.safetensors");
        StateDict one = new StateDict(Map.of("w", HostTensor.ofFloats(List.of(2L), 1, 2)));
        SafeTensors.write(tensors, one, CheckpointMeta.EMPTY);
        bend(Files.readAllBytes(zip));
        bend(Files.readAllBytes(tensors));
        bend(Files.readAllBytes(GoldenFiles.committed("checkpoints/torch_2.13_legacy.pth")));
    }

    /// Changes random bytes; loading either works or ends in a message of ours.
    private void bend(byte[] whole) throws IOException {
        Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            byte[] bent = whole.clone();
            for (int k = 0; k < 1 + i % 4; k++) {
                bent[random.nextInt(bent.length)] = (byte) random.nextInt(256);
            }
            Path file = Files.write(folder.resolve("bent.pth"), bent);
            try {
                Checkpoint checkpoint = Checkpoint.load(file);
                checkpoint.stateDict().tensors().values().forEach(HostTensor::toFloats);
            } catch (CheckpointException e) {
                assertTrue(
                        e.complaint().text().startsWith("bent.pth: "),
                        e.complaint().text());
            }
        }
    }

    @Test
    void refusesTwoEntriesOfOneName() throws IOException {
        byte[] program = new PickleBytes().op('}').stop();
        Path file = PickleBytes.zip(
                folder.resolve("evil.pth"), program, Map.of("data/1", new byte[8], "data/2", new byte[8]));
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i + 6 < bytes.length; i++) {
            if (new String(bytes, i, 6, StandardCharsets.ISO_8859_1).equals("data/2")) {
                bytes[i + 5] = '1';
            }
        }
        Files.write(file, bytes);
        assertEquals(
                "evil.pth: expected a whole zip file, got two entries named 'archive/data/1'" + COPY, failure(file));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ''                       | an empty file       | download the file again and check the address
        <!DOCTYPE html>          | a web page          | download the file again and check the address
        version https://git-lfs. | a Git LFS pointer   | run git lfs pull to get the file itself
        hello, I am a text       | something else      | download the file again and check the address
        """)
    void saysWhatTheFileIsInstead(String content, String got, String advice) throws IOException {
        Path file = Files.writeString(folder.resolve("odd.pth"), content);
        assertEquals(
                "odd.pth: expected a checkpoint (.pth or .safetensors), got " + got + " — " + advice, failure(file));
    }

    private String failure(byte[] program) throws IOException {
        return failure(PickleBytes.zip(folder.resolve("evil.pth"), program, Map.of()));
    }

    /// Not packed into a zip, where so much of the same would count as a bomb.
    private String bareFailure(byte[] program) throws IOException {
        return failure(Files.write(folder.resolve("evil.pkl"), program));
    }

    private static String failure(Path file) {
        CheckpointException failure = assertThrows(CheckpointException.class, () -> Checkpoint.load(file));
        return failure.complaint().text();
    }
}
