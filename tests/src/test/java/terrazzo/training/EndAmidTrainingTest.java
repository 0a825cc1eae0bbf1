package terrazzo.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import terrazzo.core.Cancellation;
import terrazzo.inference.Catalogues;
import terrazzo.runtime.NativeWork;
import terrazzo.train.Observers;
import terrazzo.train.TrainRequest;
import terrazzo.train.TrainRequest.Resume;
import terrazzo.train.Training;

/// A program that trains by the library, and so doesn't know how to stop, is told to end at 20 random moments of an
/// iteration: it ends with the signal's code, and not in a crash inside libtorch. Without [NativeWork#spareLibraries()]
/// 2 of 8 crashed. `-Dends=N` ends as many.
@Tag("slow")
final class EndAmidTrainingTest {

    private static final int TERMINATED = 128 + 15;
    private static final long SEED = 11;

    @TempDir
    private Path folder;

    @Test
    void endsWithTheCodeOfTheSignalAndWithoutACrash() throws IOException, InterruptedException {
        Assumptions.assumeTrue(NativeWork.spareLibraries(), "skipped: only glibc ends a process as we want");
        SmallTraining.in(folder);
        Random random = new Random(SEED);
        Path output = folder.resolve("output.txt");
        int ends = Integer.getInteger("ends", 20);
        for (int i = 0; i < ends; i++) {
            Process process = OwnJvm.running(
                            Program.class,
                            List.of("-XX:ErrorFile=" + folder.resolve("hs_err.log")),
                            folder.toString(),
                            Integer.toString(i))
                    .redirectOutput(output.toFile())
                    .start();
            while (process.isAlive() && !Files.readString(output).contains(Program.AT_WORK)) {
                process.waitFor(20, TimeUnit.MILLISECONDS);
            }
            process.waitFor(random.nextInt(300), TimeUnit.MILLISECONDS);
            process.destroy();
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the process did not end");
            assertEquals(TERMINATED, process.exitValue(), Files.readString(output));
            assertFalse(Files.exists(folder.resolve("hs_err.log")), "libtorch crashed while the process ended");
        }
    }

    /// Trains for longer than anyone waits. Arguments: the folder of a [SmallTraining], and which of the runs in it.
    static final class Program {

        static final String AT_WORK = "at work";

        private Program() {}

        public static void main(String[] args) throws IOException {
            SmallTraining small = new SmallTraining(Path.of(args[0]));
            TrainRequest request = new TrainRequest(
                    small.config(List.of(
                            "train_cfg.max_iters=1000000",
                            "train_cfg.val_interval=1000000",
                            "optim_wrapper.type=AmpOptimWrapper")),
                    small.folder().resolve("work" + args[1]),
                    Resume.NO,
                    Optional.empty(),
                    "cpu");
            Observers observers = new Observers(
                    status -> {
                        if (status.iter() > 3) {
                            System.out.println(AT_WORK);
                        }
                    },
                    new Cancellation(),
                    List.of());
            try (Training training = Training.open(request, Catalogues.builtIn(), observers)) {
                training.runner().run();
            }
        }
    }
}
