package terrazzo.app.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import terrazzo.app.fx.FxBridge;
import terrazzo.app.task.RunningTask.State;
import terrazzo.app.task.TaskService.Lane;

class TaskServiceTest {

    /// This test's thread plays the UI thread.
    private final BlockingQueue<Runnable> ui = new LinkedBlockingQueue<>();

    private final List<String> told = new ArrayList<>();
    private final TaskService tasks = new TaskService(new FxBridge(ui::add), e -> told.add(e.getMessage()));

    @AfterEach
    void close() {
        tasks.close();
    }

    private void pump(RunningTask<?> task) throws InterruptedException {
        while (!task.isEnded()) {
            Runnable next = ui.poll(10, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing happens any more");
            }
            next.run();
        }
    }

    @Test
    void yieldsItsResultOnTheUiThread() throws InterruptedException {
        List<Object> got = new ArrayList<>();
        Thread here = Thread.currentThread();
        RunningTask<Integer> task = tasks.submit("count", Lane.FILES, (_, _) -> 42)
                .onDone(n -> {
                    got.add(n);
                    got.add(here.equals(Thread.currentThread()));
                });
        assertEquals(List.of(task), tasks.tasks());
        pump(task);
        assertEquals(List.of(42, true), got);
        assertEquals(State.DONE, task.state());
        assertEquals(List.of(), tasks.tasks());
    }

    @Test
    void aFailureIsToldAndEndsTheTask() throws InterruptedException {
        RunningTask<Object> task = tasks.submit("read", Lane.FILES, (_, _) -> {
            throw new IOException("the disk is gone");
        });
        pump(task);
        assertEquals(State.FAILED, task.state());
        assertEquals(List.of("the disk is gone"), told);
    }

    @Test
    void cancellingEndsWithoutAMessage() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        RunningTask<Object> task = tasks.submit("long", Lane.COMPUTE, (_, cancellation) -> {
            started.countDown();
            while (true) {
                cancellation.check();
                Thread.sleep(1);
            }
        });
        assertTrue(started.await(10, TimeUnit.SECONDS));
        task.cancel();
        pump(task);
        assertEquals(State.CANCELLED, task.state());
        assertEquals(List.of(), told);
    }

    @Test
    void computingGoesOneByOne() throws InterruptedException {
        List<String> order = new ArrayList<>();
        tasks.submit("a", Lane.COMPUTE, (_, _) -> {
            Thread.sleep(50);
            synchronized (order) {
                order.add("a");
            }
            return 0;
        });
        RunningTask<Integer> b = tasks.submit("b", Lane.COMPUTE, (_, _) -> {
            synchronized (order) {
                order.add("b");
            }
            return 0;
        });
        pump(b);
        assertEquals(List.of("a", "b"), order);
    }

    @Test
    void progressReachesTheUiAsAFraction() throws InterruptedException {
        RunningTask<Integer> task = tasks.submit("p", Lane.FILES, (progress, _) -> {
            for (int i = 0; i <= 1000; i++) {
                progress.at(i, 2000, "file " + i);
            }
            return 0;
        });
        double[] half = {0};
        task.fractionProperty().addListener((_, _, now) -> half[0] = now.doubleValue() == 0.5 ? 0.5 : half[0]);
        pump(task);
        assertEquals(0.5, half[0]);
        assertEquals("file 1000", task.unitProperty().get());
    }

    @Test
    void aLongUnitMovesTheBarToo() throws InterruptedException {
        RunningTask<Integer> task = tasks.submit("p", Lane.FILES, (progress, _) -> {
            progress.within(0.5); // before it is known of what
            progress.at(1, 4, "large.png");
            progress.part(0.2, 1).at(30, 40, "window");
            return 0;
        });
        List<Double> fractions = new ArrayList<>();
        task.fractionProperty().addListener((_, _, now) -> fractions.add(now.doubleValue()));
        pump(task);
        assertEquals(List.of(0.25, (1 + 0.8) / 4, 1.0), fractions); // 0.2 + 0.8 · 30/40 = 0.8
        assertEquals("large.png", task.unitProperty().get());
    }

    @Nested
    class Bridge {

        @Test
        void deliversOnlyTheNewestOfAKey() {
            List<String> seen = new ArrayList<>();
            List<Runnable> later = new ArrayList<>();
            FxBridge bridge = new FxBridge(later::add);
            for (int i = 0; i < 1000; i++) {
                int n = i;
                bridge.post("a", () -> seen.add("a" + n));
                bridge.post("b", () -> seen.add("b" + n));
            }
            assertEquals(1, later.size());
            later.getFirst().run();
            assertEquals(List.of("a999", "b999"), seen);
            bridge.post("a", () -> seen.add("again"));
            assertEquals(2, later.size());
        }
    }

    @Nested
    class Rate {

        private static final long SECOND = 1_000_000_000L;

        @Test
        void steadyWorkHasItsRate() {
            RateMeter meter = new RateMeter(0);
            for (int s = 1; s <= 10; s++) {
                meter.at(5L * s, s * SECOND);
            }
            assertEquals(5, meter.rate(), 1e-9);
            assertEquals(10, meter.secondsFor(50), 1e-9);
        }

        @Test
        void newSpeedCountsMoreThanOld() {
            RateMeter meter = new RateMeter(0);
            meter.at(1, SECOND);
            for (int s = 2; s <= 20; s++) {
                meter.at(1 + 10L * (s - 1), s * SECOND);
            }
            assertEquals(10, meter.rate(), 0.2);
        }

        @Test
        void nothingIsSaidBeforeAFifthOfASecond() {
            RateMeter meter = new RateMeter(0);
            meter.at(3, SECOND / 10);
            assertTrue(Double.isNaN(meter.rate()));
        }
    }
}
