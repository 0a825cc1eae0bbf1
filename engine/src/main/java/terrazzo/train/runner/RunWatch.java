package terrazzo.train.runner;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import terrazzo.core.AtomicFile;
import terrazzo.core.Cancellation;

/// What others see of a run and say to it: its log, `status.json` and `control`.
final class RunWatch {

    private static final Logger log = LoggerFactory.getLogger(RunWatch.class);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss");
    private static final long STATUS_NANOS = 1_000_000_000L;
    private static final long PAUSE_MILLIS = 300;
    private static final double MEMORY = 0.9; // of what was before, when speed is averaged

    private final Runner runner;
    private final Consumer<RunStatus> listener;
    private final ObjectMapper json = new ObjectMapper();
    private RunStatus.State state = RunStatus.State.CHECKING;
    private String message = "";
    private long lastNanos = System.nanoTime();
    private long toldNanos;
    private double secondsPerIter = Double.NaN;
    private double images;

    RunWatch(Runner runner, Consumer<RunStatus> listener) {
        this.runner = runner;
        this.listener = listener;
    }

    void log(String line) {
        RunFolder.append(
                runner.parts().folder().log(),
                LocalDateTime.now(ZoneId.systemDefault()).format(TIME) + " - mmengine - INFO - " + line);
        log.debug("{}", line);
    }

    void state(RunStatus.State newState, String newMessage) {
        state = newState;
        message = newMessage;
        lastNanos = System.nanoTime();
        tell();
    }

    void iterated(int batchSize) {
        long now = System.nanoTime();
        double seconds = (now - lastNanos) / 1e9;
        lastNanos = now;
        secondsPerIter = Double.isNaN(secondsPerIter) ? seconds : MEMORY * secondsPerIter + (1 - MEMORY) * seconds;
        images = batchSize;
        if (now - toldNanos >= STATUS_NANOS) {
            tell();
        }
    }

    private void tell() {
        toldNanos = System.nanoTime();
        MessageHub messages = runner.messages();
        double wait = messages.mean("train/data_time", 10) / messages.mean("train/time", 10);
        RunStatus status = new RunStatus(
                state,
                runner.iter(),
                runner.maxIters(),
                runner.epoch(),
                messages.mean("train/loss", 10),
                messages.current("train/lr"),
                images / secondsPerIter,
                secondsPerIter * (runner.maxIters() - runner.iter()),
                wait,
                message);
        listener.accept(status);
        try {
            AtomicFile.writeText(runner.parts().folder().status(), status.toJson(json));
        } catch (IOException e) { // a full disk must not end a training that could still finish
            log.warn("status.json can't be written: {}", e.getMessage());
        }
    }

    /// Does what the control file says: waits while it says `pause`.
    ///
    /// @return whether it says `stop`
    boolean isAskedToStop(Cancellation cancellation) {
        String wish = wish();
        if (wish.equals("pause")) {
            RunStatus.State before = state;
            state(RunStatus.State.PAUSED, "");
            while (wish.equals("pause") && !cancellation.isRequested()) {
                try {
                    Thread.sleep(PAUSE_MILLIS);
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                    return true;
                }
                wish = wish();
            }
            state(before, "");
        }
        return wish.equals("stop");
    }

    private String wish() {
        try {
            return Files.exists(runner.parts().folder().control())
                    ? Files.readString(runner.parts().folder().control()).strip()
                    : "";
        } catch (IOException _) { // just being replaced
            return "";
        }
    }
}
