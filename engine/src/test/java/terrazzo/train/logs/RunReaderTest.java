package terrazzo.train.logs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import terrazzo.core.error.LogException;
import terrazzo.train.logs.RunLog.Resume;

final class RunReaderTest {

    @TempDir
    private Path folder;

    /// `scalars.json` and `.log.json`.
    @Nested
    final class Json {

        @Test
        void readsTrainingAndValidationOfOneDotX() throws IOException {
            RunLog log = read("""
                {"lr": 0.01, "data_time": 0.5, "loss": 2.0, "time": 1.5, "iter": 50, "step": 50}
                {"lr": 0.009, "data_time": 0.5, "loss": 1.0, "time": 2.5, "iter": 100, "step": 100}
                {"aAcc": 84.4, "mIoU": 46.7, "data_time": 0.001, "time": 0.01, "step": 100}
                """);
            assertEquals(
                    List.of("lr", "data_time", "loss", "time", "aAcc", "mIoU", "val/data_time", "val/time"),
                    List.copyOf(log.seriesByKey().keySet()));
            assertArrayEquals(new double[] {2, 1}, log.series("loss").values());
            assertArrayEquals(new double[] {50, 100}, log.series("loss").xs(XAxis.ITERATION));
            assertArrayEquals(new double[] {100}, log.series("mIoU").xs(XAxis.ITERATION));
            assertArrayEquals(new double[] {1.5, 2.5}, log.series("time").values());
            // 50 iterations of 1.5 s, then 50 of 2.5 s
            assertArrayEquals(new double[] {75, 200}, log.series("loss").xs(XAxis.RELATIVE));
        }

        @Test
        void leavesKeysAloneThatSayThatTheyAreOfValidation() throws IOException {
            RunLog log = read("""
                {"lr": 0.01, "loss": 2.0, "decode.acc_seg": 40, "time": 1.5, "iter": 50, "step": 50}
                {"mIoU": 46.7, "val/loss": 1.9, "val/decode.acc_seg": 62.5, "time": 0.01, "step": 50}
                """);
            assertEquals(
                    List.of(
                            "lr",
                            "loss",
                            "decode.acc_seg",
                            "time",
                            "mIoU",
                            "val/loss",
                            "val/decode.acc_seg",
                            "val/time"),
                    List.copyOf(log.seriesByKey().keySet()));
        }

        @Test
        void readsValidationThatLoopsByEpochLogUnderTheEpoch() throws IOException {
            RunLog log = read("""
                {"lr": 0.01, "loss": 2.0, "time": 1, "epoch": 1, "iter": 100, "step": 100}
                {"mIoU": 30.0, "step": 1}
                {"lr": 0.01, "loss": 1.5, "time": 1, "epoch": 2, "iter": 150, "step": 150}
                {"lr": 0.01, "loss": 1.0, "time": 1, "epoch": 2, "iter": 200, "step": 200}
                {"mIoU": 40.0, "step": 2}
                """);
            assertArrayEquals(new double[] {100, 200}, log.series("mIoU").xs(XAxis.ITERATION));
            assertArrayEquals(new double[] {1, 2}, log.series("mIoU").xs(XAxis.EPOCH));
            assertArrayEquals(new double[] {1, 1.5, 2}, log.series("loss").xs(XAxis.EPOCH));
            assertEquals(100, log.itersPerEpoch().orElseThrow());
        }

        @Test
        void readsZeroDotXWhoseValidationSaysTrain() throws IOException {
            RunLog log = read("""
                {"env_info": "sys.platform: linux", "seed": 0, "exp_name": "a.py", "mmseg_version": "0.20.0"}
                {"mode": "train", "epoch": 6, "iter": 15950, "lr": 5e-05, "memory": 4718, "loss": 3.3, "time": 0.3}
                {"mode": "train", "epoch": 6, "iter": 500, "lr": 5e-05, "memory": 4718, "aAcc": 0.8972, "mIoU": 0.4799}
                {"mode": "train", "epoch": 6, "iter": 16050, "lr": 5e-05, "memory": 4718, "loss": 3.4, "time": 3.0}
                """);
            assertArrayEquals(new double[] {15950, 16050}, log.series("loss").xs(XAxis.ITERATION));
            assertArrayEquals(new double[] {15950}, log.series("mIoU").xs(XAxis.ITERATION));
            assertArrayEquals(new double[] {47.99}, log.series("mIoU").values()); // percent, as in 1.x
            assertEquals(List.of(), log.resumes());
        }

        @Test
        void countsIterationsOfZeroDotXEpochsFromTheStart() throws IOException {
            RunLog log = read("""
                {"mode": "train", "epoch": 1, "iter": 50, "lr": 0.01, "loss": 3.0, "time": 1.0}
                {"mode": "train", "epoch": 1, "iter": 100, "lr": 0.01, "loss": 2.0, "time": 1.0}
                {"mode": "val", "epoch": 1, "iter": 20, "lr": 0.01, "mIoU": 0.25}
                {"mode": "train", "epoch": 2, "iter": 50, "lr": 0.01, "loss": 1.5, "time": 1.0}
                {"mode": "val", "epoch": 2, "iter": 20, "lr": 0.01, "loss": 1.75}
                """);
            assertArrayEquals(new double[] {50, 100, 150}, log.series("loss").xs(XAxis.ITERATION));
            assertArrayEquals(new double[] {0.5, 1, 1.5}, log.series("loss").xs(XAxis.EPOCH));
            assertArrayEquals(new double[] {100}, log.series("mIoU").xs(XAxis.ITERATION));
            assertArrayEquals(new double[] {1.75}, log.series("val/loss").values());
        }

        @Test
        void lettingALaterSessionCountDropsWhatItLogsAnew() throws IOException {
            RunLog log = read("""
                {"lr": 0.1, "loss": 4.0, "time": 1, "iter": 10, "step": 10}
                {"mIoU": 11.0, "step": 10}
                {"lr": 0.1, "loss": 3.0, "time": 1, "iter": 20, "step": 20}
                {"mIoU": 22.0, "step": 20}
                {"lr": 0.1, "loss": 2.0, "time": 1, "iter": 30, "step": 30}
                {"lr": 0.1, "loss": 2.5, "time": 1, "iter": 20, "step": 20}
                {"lr": 0.1, "loss": 1.5, "time": 1, "iter": 30, "step": 30}
                """);
            assertArrayEquals(new double[] {10, 20, 30}, log.series("loss").xs(XAxis.ITERATION));
            assertArrayEquals(new double[] {4, 2.5, 1.5}, log.series("loss").values());
            assertArrayEquals(new double[] {11}, log.series("mIoU").values());
            assertArrayEquals(new double[] {10, 20, 30}, log.series("loss").xs(XAxis.RELATIVE));
            assertEquals(List.of(new Resume(20, 30)), log.resumes());
        }

        @Test
        void keepsNotANumber() throws IOException {
            RunLog log = read("""
                {"lr": 0.1, "loss": NaN, "decode.loss_ce": Infinity, "iter": 1, "step": 1}
                {"lr": 0.1, "loss": 1.5, "decode.loss_ce": -Infinity, "iter": 2, "step": 2}
                {"lr": 0.1, "loss": null, "decode.loss_ce": 2, "iter": 3, "step": 3}
                """);
            assertArrayEquals(new double[] {Double.NaN, 1.5}, log.series("loss").values());
            assertEquals(1, log.series("loss").summary().broken());
            assertEquals(new Series.Point(2, 1.5), log.series("loss").summary().min());
            assertEquals(2, log.series("decode.loss_ce").summary().broken());
        }

        @Test
        void passesOverDamagedLinesAndCountsThem() throws IOException {
            RunLog log = read("""
                {"lr": 0.1, "loss": 2, "iter": 1, "step": 1}
                {"lr": 0.1, "loss": 2, "it
                \0\0\0\0\0

                {"lr": 0.1, "per_class": {"road": [1, "}", 2]}, "loss": 1, "iter": 2, "step": 2, "note": "a\\"b"}
                """);
            assertArrayEquals(new double[] {2, 1}, log.series("loss").values());
            assertEquals(2, log.damaged());
        }

        @Test
        void namesNearestKeysForOneThatIsMissing() throws IOException {
            RunLog log = read("{\"lr\": 0.1, \"loss\": 2, \"mIoU\": 3, \"iter\": 1, \"step\": 1}");
            LogException failure = assertThrows(LogException.class, () -> log.series("mIou"));
            assertEquals(
                    folder.resolve("scalars.json")
                            + ": no values of 'mIou' — did you mean 'mIoU'? the log has lr, loss, mIoU",
                    failure.getMessage());
        }
    }

    /// Files that grow.
    @Nested
    final class Following {

        @Test
        void readsWhatIsAppendedAndNoHalfLine() throws IOException {
            Path file =
                    write("scalars.json", "{\"lr\": 0.1, \"loss\": 2, \"iter\": 1, \"step\": 1}\n{\"lr\": 0.1, \"lo");
            RunReader reader = new RunReader(RunFiles.find(file).getFirst());
            assertTrue(reader.poll());
            RunLog before = reader.snapshot();
            assertFalse(reader.poll());
            Files.writeString(file, "ss\": 1, \"iter\": 2, \"step\": 2}\n", StandardOpenOption.APPEND);
            assertTrue(reader.poll());
            assertArrayEquals(
                    new double[] {2, 1}, reader.snapshot().series("loss").values());
            assertArrayEquals(new double[] {2}, before.series("loss").values());
            assertEquals(0, reader.snapshot().damaged());
        }

        @Test
        void leavesSnapshotsAsTheyWereWhenARunIsResumed() throws IOException {
            Path file = write("scalars.json", rows(1, 40, 2.0));
            RunReader reader = new RunReader(RunFiles.find(file).getFirst());
            reader.poll();
            RunLog before = reader.snapshot();
            Files.writeString(file, rows(20, 30, 1.0), StandardOpenOption.APPEND);
            reader.poll();
            assertEquals(2.0, before.series("loss").value(25));
            assertEquals(40, before.series("loss").size());
            assertEquals(1.0, reader.snapshot().series("loss").value(25));
            assertEquals(30, reader.snapshot().series("loss").size());
        }

        @Test
        void readsAFileAnewThatBecameShorter() throws IOException {
            Path file = write("scalars.json", rows(1, 40, 2.0));
            RunReader reader = new RunReader(RunFiles.find(file).getFirst());
            reader.poll();
            Files.writeString(file, rows(1, 3, 5.0));
            reader.poll();
            assertArrayEquals(
                    new double[] {5, 5, 5}, reader.snapshot().series("loss").values());
        }
    }

    /// Work dirs.
    @Nested
    final class Folders {

        @Test
        void joinsTheSessionsOfOneRun() throws IOException {
            write("work/20240102_030405/vis_data/scalars.json", rows(1, 40, 2.0));
            write("work/20240102_040000/vis_data/scalars.json", rows(31, 50, 1.0));
            write("work/20240102_040000/vis_data/20240102_040000.json", rows(31, 50, 1.0));
            write("work/20240102_040000/vis_data/config.py", "a = 1");
            List<RunFiles> runs = RunFiles.find(folder);
            assertEquals(1, runs.size());
            assertEquals(folder.resolve("work"), runs.getFirst().folder());
            assertEquals(
                    folder.resolve("work/20240102_040000/vis_data/config.py"),
                    runs.getFirst().config().orElseThrow());
            RunLog log = RunReader.read(folder);
            assertEquals(50, log.series("loss").size());
            assertEquals(List.of(new Resume(31, 40)), log.resumes());
            // the second session's first iteration took one second
            assertEquals(start(4, 0, 0) + 1, log.series("loss").x(XAxis.WALL, 30));
            assertEquals(start(3, 4, 5) + 30, log.series("loss").x(XAxis.WALL, 29));
            assertEquals(31, log.series("loss").x(XAxis.RELATIVE, 30));
        }

        @Test
        void keepsRunsApartThatBeganAnewInOneWorkDir() throws IOException {
            write("work/20240102_030405/vis_data/scalars.json", rows(1, 40, 2.0));
            write("work/20240102_040000/vis_data/scalars.json", rows(1, 20, 1.0));
            assertEquals(
                    List.of(folder.resolve("work/20240102_030405"), folder.resolve("work/20240102_040000")),
                    RunFiles.find(folder).stream().map(RunFiles::folder).toList());
        }

        @Test
        void takesJsonOfZeroDotXBeforeItsEventFiles() throws IOException {
            Path log = write("old/20200102_030405.log.json", rows(1, 3, 2.0));
            write("old/tf_logs/events.out.tfevents.1577934245.host", "");
            assertEquals(
                    List.of(new RunFiles(folder.resolve("old"), List.of(log))), RunFiles.find(folder.resolve("old")));
        }

        @Test
        void saysThatAFolderHoldsNoRuns() {
            LogException failure = assertThrows(LogException.class, () -> RunFiles.find(folder));
            assertEquals(
                    folder + ": expected a folder with scalars.json, .log.json or TensorBoard event files, got none in"
                            + " it — give the work dir of a run",
                    failure.getMessage());
        }

        @Test
        void saysThatAFileIsNoLog() throws IOException {
            Path file = write("notes.txt", "hello world, this is not a log");
            LogException failure = assertThrows(LogException.class, () -> RunReader.read(file));
            assertEquals(
                    file + ": expected scalars.json, a .log.json or a TensorBoard event file, got something else — give"
                            + " the work dir of a run, or one of these files",
                    failure.getMessage());
        }

        @Test
        void saysThatAFileIsMissing() {
            Path file = folder.resolve("nowhere.json");
            LogException failure = assertThrows(LogException.class, () -> RunReader.read(file));
            assertEquals(
                    file + ": expected a log of a training run, got no such file — check the path",
                    failure.getMessage());
        }

        private double start(int hour, int minute, int second) {
            return LocalDateTime.of(2024, 1, 2, hour, minute, second)
                    .atZone(ZoneId.systemDefault())
                    .toEpochSecond();
        }
    }

    /// TensorBoard's files.
    @Nested
    final class Events {

        /// Scalars as TensorFlow 2 writes them, made with TensorBoard 2.21: 0.5 as a float, 0.25 as the bytes
        /// of a float,
        /// 0.125 as those of a double, at steps 10, 20, 30.
        private static final String TENSORS = """
            2c00000000000000f4aecc450900002040fc54d941100a2a1f0a1d0a046c6f7373420808012a040000003f4a0b0a090a07
            7363616c6172739ee01e672c00000000000000f4aecc450900006040fc54d94110142a1f0a1d0a046c6f73734208080122
            040000803e4a0b0a090a077363616c617273063944a7300000000000000095f5d05f090000a040fc54d941101e2a230a21
            0a046c6f7373420c08022208000000000000c03f4a0b0a090a077363616c617273024b583b
            """;

        @Test
        void readsTensorsOfTensorFlowTwo() throws IOException {
            RunLog log = read("events.out.tfevents.1", HexFormat.of().parseHex(TENSORS.replaceAll("\\s", "")));
            assertArrayEquals(
                    new double[] {0.5, 0.25, 0.125}, log.series("loss").values());
            assertArrayEquals(new double[] {10, 20, 30}, log.series("loss").xs(XAxis.ITERATION));
            assertArrayEquals(new double[] {0, 1, 2}, log.series("loss").xs(XAxis.RELATIVE));
            assertEquals(1_700_000_000.5, log.series("loss").x(XAxis.WALL, 0));
        }

        @Test
        void readsWhatOurWriterWrites() throws IOException {
            try (EventFileWriter writer = EventFileWriter.create(folder)) {
                writer.text("config", "a = 1", 0);
                writer.scalar("lr", 0.5, 50);
                writer.scalar("time", 1.5, 50);
                writer.scalar("loss", Double.NaN, 50);
                writer.scalar("mIoU", 40, 50);
                writer.scalar("time", 0.25, 50);
            }
            RunLog log = RunReader.read(folder);
            assertEquals(
                    List.of("lr", "time", "loss", "mIoU", "val/time"),
                    List.copyOf(log.seriesByKey().keySet()));
            assertArrayEquals(new double[] {1.5}, log.series("time").values());
            assertArrayEquals(new double[] {0.25}, log.series("val/time").values());
            assertEquals(1, log.series("loss").summary().broken());
            assertEquals(1, log.rows()); // events of one step are one row
        }

        @Test
        void leavesOutARecordWhoseChecksumIsWrong() throws IOException {
            byte[] bytes = HexFormat.of().parseHex(TENSORS.replaceAll("\\s", ""));
            bytes[80] ^= 1; // within the second record's content
            RunLog log = read("events.out.tfevents.1", bytes);
            assertArrayEquals(new double[] {0.5, 0.125}, log.series("loss").values());
            assertEquals(1, log.damaged());
        }

        @Test
        void stopsWhereTheLengthOfARecordIsDamaged() throws IOException {
            byte[] bytes = HexFormat.of().parseHex(TENSORS.replaceAll("\\s", ""));
            bytes[61] ^= 1; // within the second record's length
            RunLog log = read("events.out.tfevents.1", bytes);
            assertArrayEquals(new double[] {0.5}, log.series("loss").values());
            assertEquals(1, log.damaged());
        }

        @Test
        void followsAResumedRunFromFileToFile() throws IOException {
            RunReader reader;
            try (EventFileWriter first = EventFileWriter.create(folder)) {
                for (int step = 1; step <= 10; step++) {
                    first.scalar("loss", 2, step);
                }
                reader = new RunReader(RunFiles.find(folder).getFirst());
                reader.poll();
            }
            try (EventFileWriter second = EventFileWriter.create(folder)) {
                for (int step = 6; step <= 8; step++) {
                    second.scalar("loss", 1, step);
                }
            }
            reader.follow(RunFiles.find(folder).getFirst());
            assertTrue(reader.poll());
            RunLog log = reader.snapshot();
            assertArrayEquals(
                    new double[] {2, 2, 2, 2, 2, 1, 1, 1}, log.series("loss").values());
            assertEquals(List.of(new Resume(6, 10)), log.resumes());
        }

        private RunLog read(String name, byte[] bytes) throws IOException {
            return RunReader.read(Files.write(folder.resolve(name), bytes));
        }
    }

    private RunLog read(String lines) throws IOException {
        return RunReader.read(write("scalars.json", lines));
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static String rows(int from, int to, double loss) {
        StringBuilder lines = new StringBuilder();
        for (int step = from; step <= to; step++) {
            lines.append(String.format(
                    Locale.ROOT,
                    "{\"lr\": 0.1, \"loss\": %f, \"time\": 1.0, \"iter\": %d, \"step\": %d}%n",
                    loss,
                    step,
                    step));
        }
        return lines.toString();
    }
}
