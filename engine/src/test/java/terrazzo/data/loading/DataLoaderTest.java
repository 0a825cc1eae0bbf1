package terrazzo.data.loading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.DatasetException;
import terrazzo.core.image.Palette;
import terrazzo.data.datasets.Dataset;
import terrazzo.data.datasets.Metainfo;
import terrazzo.data.sample.Draws;
import terrazzo.data.sample.LabelRule;
import terrazzo.data.sample.Results;
import terrazzo.data.sample.SegMeta;
import terrazzo.golden.Settings;

final class DataLoaderTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void keepsTheOrderOnAnyNumberOfThreads(int workers) {
        DataLoader loader = new DataLoader(new Numbers(50), DataLoader.Config.forTest(workers));
        assertEquals(IntStream.range(0, 50).mapToObj(Integer::toString).toList(), names(loader, 0, 50));
        assertEquals(50, loader.batchesPerEpoch());
    }

    @Test
    void drawsTheSameOnAnyNumberOfThreads() {
        Sampler sampler = new Sampler.DefaultSampler(true, 3);
        List<String> one = drawn(new DataLoader.Config(4, 0, sampler, false, 3));
        assertEquals(one, drawn(new DataLoader.Config(4, 3, sampler, false, 3)));
        assertEquals(one, drawn(new DataLoader.Config(5, 2, sampler, false, 3)), "batch size must not matter");
        assertEquals(50, one.stream().distinct().count());
    }

    @Test
    void leavesOutAnIncompleteBatchWhenAsked() {
        Sampler sampler = new Sampler.DefaultSampler(false, 0);
        DataLoader loader = new DataLoader(new Numbers(10), new DataLoader.Config(4, 2, sampler, true, 0));
        try (DataLoader.Batches batches = loader.batches(0, 0)) {
            assertEquals(4, batches.next().size());
            assertEquals(4, batches.next().size());
            assertTrue(!batches.hasNext());
        }
        assertEquals(2, loader.batchesPerEpoch());
    }

    @Test
    void goesRoundAndRoundWithAnInfiniteSampler() {
        Sampler sampler = new Sampler.InfiniteSampler(false, 0);
        DataLoader loader = new DataLoader(new Numbers(3), new DataLoader.Config(1, 2, sampler, false, 0));
        assertEquals(List.of("0", "1", "2", "0", "1", "2", "0"), names(loader, 0, 7));
    }

    @Test
    void shufflesEachRoundAnewFromOneGenerator() {
        Sampler sampler = new Sampler.InfiniteSampler(true, 0);
        DataLoader loader = new DataLoader(new Numbers(10), new DataLoader.Config(1, 2, sampler, false, 0));
        List<String> names = names(loader, 0, 20);
        // torch.manual_seed(0); torch.randperm(10)
        assertEquals(List.of("4", "1", "7", "5", "3", "9", "0", "8", "6", "2"), names.subList(0, 10));
        assertEquals(10, names.subList(10, 20).stream().distinct().count());
        assertTrue(!names.subList(0, 10).equals(names.subList(10, 20)));
    }

    @Test
    void goesOnWhereARunStopped() {
        Sampler sampler = new Sampler.InfiniteSampler(true, 5);
        DataLoader loader = new DataLoader(new Numbers(10), new DataLoader.Config(2, 2, sampler, false, 5));
        List<String> whole = names(loader, 0, 12);
        assertEquals(whole.subList(14, 24), names(loader, 7, 5));
    }

    @Test
    void readsNoFurtherAheadThanTwoBatchesPerThread() throws InterruptedException {
        Numbers numbers = new Numbers(1000);
        DataLoader loader = new DataLoader(numbers, DataLoader.Config.forTest(2));
        try (DataLoader.Batches batches = loader.batches(0, 0)) {
            batches.next();
            Thread.sleep(50);
            assertTrue(numbers.loaded.get() <= 5, "loaded " + numbers.loaded.get()); // 1 handed out + 4 ahead
        }
    }

    @Test
    void passesOnWhatALoadingThreadThrows() {
        DataLoader loader = new DataLoader(new Numbers(7), DataLoader.Config.forTest(2));
        try (DataLoader.Batches batches = new DataLoader(new Broken(), DataLoader.Config.forTest(2)).batches(0, 0)) {
            assertEquals(
                    "b.png: expected an image, got text",
                    assertThrows(DatasetException.class, batches::next).getMessage());
        }
        assertEquals(7, loader.batchesPerEpoch());
    }

    @Test
    void readsTheSettingsOfALoader() {
        DataLoader.Config config = DataLoader.Config.read(
                Settings.of("{'batch_size': 4, 'num_workers': 2, 'persistent_workers': true,"
                        + " 'sampler': {'type': 'InfiniteSampler', 'shuffle': true}, 'dataset': {}}"),
                11);
        assertEquals(new DataLoader.Config(4, 2, new Sampler.InfiniteSampler(true, 11), false, 11), config);
        assertEquals(
                "a.py: sampler.type: expected DefaultSampler or InfiniteSampler, got 'InfinitSampler'"
                        + " — did you mean 'InfiniteSampler' or 'DefaultSampler'?",
                assertThrows(
                                ConfigException.class,
                                () -> DataLoader.Config.read(Settings.of("{'sampler': {'type': 'InfinitSampler'}}"), 0))
                        .getMessage());
    }

    private static List<String> names(DataLoader loader, long skip, int count) {
        List<String> names = new ArrayList<>();
        try (DataLoader.Batches batches = loader.batches(0, skip)) {
            for (int i = 0; i < count && batches.hasNext(); i++) {
                batches.next().forEach(r -> names.add(r.meta().name()));
            }
        }
        return names;
    }

    /// Name of each sample with the first number that it drew.
    private static List<String> drawn(DataLoader.Config config) {
        List<String> drawn = new ArrayList<>();
        try (DataLoader.Batches batches = new DataLoader(new Numbers(50), config).batches(1, 0)) {
            batches.forEachRemaining(batch -> batch.forEach(
                    r -> drawn.add(r.meta().imgPath() + " " + r.meta().segMapPath())));
        }
        return drawn;
    }

    private static final class Numbers implements Dataset {
        private final int size;
        private final AtomicInteger loaded = new AtomicInteger();

        Numbers(int size) {
            this.size = size;
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public Results get(int index, Draws draws) {
            loaded.incrementAndGet();
            return Results.of(SegMeta.of(Integer.toString(index), Double.toString(draws.unit())), LabelRule.NONE);
        }

        @Override
        public Metainfo metainfo() {
            return new Metainfo(List.of("a"), new Palette(List.of(0)), LabelRule.NONE);
        }
    }

    private static final class Broken implements Dataset {
        @Override
        public int size() {
            return 3;
        }

        @Override
        public Results get(int index, Draws draws) {
            throw new DatasetException(
                    Complaint.at("b.png").expected("an image").got("text"));
        }

        @Override
        public Metainfo metainfo() {
            return new Metainfo(List.of("a"), new Palette(List.of(0)), LabelRule.NONE);
        }
    }
}
