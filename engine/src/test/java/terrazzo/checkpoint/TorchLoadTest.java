package terrazzo.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import terrazzo.checkpoint.PickleValue.Dict;
import terrazzo.checkpoint.PickleValue.ListValue;

/// What `torch.load` demands of a file, as far as its structure goes. Files of this structure were loaded by
/// PyTorch 1.13, its optimizers took their states and went on, and so did mmengine 0.1.0.
final class TorchLoadTest {

    /// The instructions that `weights_only=True` of PyTorch 1.13 carries out, by their bytes.
    private static final Set<Integer> ALLOWED = instructions("cRbaesu(t)]}NqrhjXUJKMQ.", 0x80, 0x81, 0x85, 0x86, 0x87);

    private static final Set<String> NAMES_OF_MODELS = Set.of(
            "collections OrderedDict",
            "torch FloatStorage",
            "torch HalfStorage",
            "torch LongStorage",
            "torch._utils _rebuild_tensor_v2");

    /// Those in the reference's own checkpoints.
    private static final Set<String> NAMES_OF_TRAININGS = Set.of(
            "__builtin__ getattr",
            "_codecs encode",
            "collections OrderedDict",
            "mmengine.logging.history_buffer HistoryBuffer",
            "numpy dtype",
            "numpy ndarray",
            "numpy.core.multiarray _reconstruct",
            "torch FloatStorage",
            "torch LongStorage",
            "torch._utils _rebuild_tensor_v2");

    @TempDir
    private Path folder;

    private static Set<Integer> instructions(String letters, int... others) {
        Set<Integer> all = new TreeSet<>(letters.chars().boxed().toList());
        for (int other : others) {
            all.add(other);
        }
        all.addAll(List.of(0x88, 0x89, 0x8a)); // True, False, long integers
        return all;
    }

    private static CheckpointMeta meta() {
        return new CheckpointMeta(
                List.of("road", "sky"),
                List.of(List.of(128, 64, 128), List.of(70, 130, 180)),
                "model = dict(type='EncoderDecoder')\n",
                Optional.of(80_000L),
                Optional.of(2L),
                Map.of("seed", "7"));
    }

    private static StateDict weights() {
        Map<String, HostTensor> tensors = new LinkedHashMap<>();
        tensors.put("conv.weight", HostTensor.ofFloats(List.of(2L, 1L, 1L, 3L), 0, 1, 2, 3, 4, 5));
        tensors.put("bn.num_batches_tracked", HostTensor.ofLongs(List.of(), 30));
        tensors.put("bn.bias", HostTensor.ofFloats(List.of(300L), new float[300]));
        return new StateDict(tensors);
    }

    @Test
    void modelsNeedNothingThatWeightsOnlyForbids() throws IOException {
        Path file = folder.resolve("model.pth");
        PthWriter.writeModel(file, weights(), meta());
        Pickle pickle = Pickle.of(file);
        assertEquals(Set.of(), without(pickle.instructions, ALLOWED));
        assertEquals(Set.of(), without(pickle.names, NAMES_OF_MODELS));
    }

    @Test
    void modelsOfHalfTheBitsDoNeither() throws IOException {
        Path file = folder.resolve("half.pth");
        PthWriter.writeModel(file, weights().halved(), meta());
        assertEquals(Set.of(), without(Pickle.of(file).names, NAMES_OF_MODELS));
    }

    @Test
    void trainingsNameWhatTheReferencesCheckpointsName() throws IOException {
        Path file = folder.resolve("iter_3.pth");
        Dict state = Dict.plain()
                .put("step", PickleValue.of(HostTensor.ofFloats(List.of(), 3)))
                .put("exp_avg", PickleValue.of(HostTensor.ofFloats(List.of(2L), 0.5f, -1f)));
        Dict group = Dict.plain()
                .put("lr", PickleValue.of(0.01))
                .put("amsgrad", PickleValue.of(false))
                .put("params", new ListValue(List.of(PickleValue.of(0))));
        Dict optimizer = Dict.plain()
                .put("state", Dict.plain().put(PickleValue.of(0), state))
                .put("param_groups", new ListValue(List.of(group)));
        Dict messages = Dict.ordered()
                .put("train/loss", HistoryBuffer.of(2.5, 2.25).toValue())
                .put("train/lr", HistoryBuffer.of(0.01, 0.009).toValue());
        PthWriter.write(
                file,
                Dict.plain()
                        .put("meta", meta().toValue())
                        .put("state_dict", weights().toValue())
                        .put("message_hub", Dict.plain().put("log_scalars", messages))
                        .put("optimizer", optimizer)
                        .put("param_schedulers", new ListValue(List.of(Dict.plain()))));
        assertEquals(NAMES_OF_TRAININGS, Pickle.of(file).names);
    }

    @Test
    void everyStorageBeginsAtAMultipleOf64() throws IOException {
        Path file = folder.resolve("model.pth");
        PthWriter.writeModel(file, weights(), meta());
        Map<String, Integer> places = places(Files.readAllBytes(file));
        assertEquals(
                List.of(
                        "archive/data.pkl",
                        "archive/byteorder",
                        "archive/data/0",
                        "archive/data/1",
                        "archive/data/2",
                        "archive/version"),
                List.copyOf(places.keySet()));
        places.forEach((name, place) -> assertEquals(0, place % 64, name));
    }

    private static <T> Set<T> without(Set<T> all, Set<T> some) {
        Set<T> rest = new TreeSet<>(all);
        rest.removeAll(some);
        return rest;
    }

    /// Where the contents of a zip file's entries begin, by their local headers.
    private static Map<String, Integer> places(byte[] file) {
        ByteBuffer zip = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        Map<String, Integer> places = new LinkedHashMap<>();
        int at = 0;
        while (zip.getInt(at) == 0x04034b50) {
            int name = zip.getShort(at + 26);
            int content = at + 30 + name + zip.getShort(at + 28);
            places.put(new String(file, at + 30, name, StandardCharsets.US_ASCII), content);
            at = content + zip.getInt(at + 18); // stored, so as long as it says
        }
        return places;
    }

    /// What a pickle is made of.
    ///
    /// @param instructions by their bytes
    /// @param names of classes and functions, `module name`
    private record Pickle(Set<Integer> instructions, Set<String> names) {

        static Pickle of(Path file) throws IOException {
            byte[] bytes = Files.readAllBytes(file);
            ByteBuffer program = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            program.position(places(bytes).getOrDefault("archive/data.pkl", -1));
            Pickle pickle = new Pickle(new TreeSet<>(), new TreeSet<>());
            int instruction;
            do {
                instruction = program.get() & 0xFF;
                pickle.instructions.add(instruction);
                pickle.skip(instruction, program);
            } while (instruction != '.');
            return pickle;
        }

        /// Goes past what belongs to an instruction.
        private void skip(int instruction, ByteBuffer program) {
            switch (instruction) {
                case 'c' -> names.add(line(program) + " " + line(program));
                case 'X' -> program.position(program.getInt() + program.position());
                case 'K', 'q', 'h', 0x80 -> program.get();
                case 'J', 'r', 'j' -> program.getInt();
                case 'G' -> program.getLong();
                case 0x8a -> program.position((program.get() & 0xFF) + program.position());
                default ->
                    assertTrue(
                            "(t)]}NRbeuQ.".indexOf(instruction) >= 0 || instruction > 0x80, "unknown " + instruction);
            }
        }

        private static String line(ByteBuffer program) {
            StringBuilder text = new StringBuilder();
            for (char c = (char) program.get(); c != '\n'; c = (char) program.get()) {
                text.append(c);
            }
            return text.toString();
        }
    }
}
