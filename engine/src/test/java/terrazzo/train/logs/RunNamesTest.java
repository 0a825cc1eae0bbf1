package terrazzo.train.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RunNamesTest {

    @Test
    void takesTheLastPart() {
        assertEquals(List.of("fcn", "psp"), names("work_dirs/fcn", "work_dirs/psp"));
        assertEquals(List.of("fcn"), names("work_dirs/fcn"));
    }

    @Test
    void leavesOutWhatAllShare() {
        assertEquals(List.of("fcn", "psp"), names("a/fcn/train", "a/psp/train"));
        assertEquals(
                List.of("x", "y"),
                names("x/20240101_000000/vis_data/scalars.json", "y/20240101_000000/vis_data/scalars.json"));
    }

    @Test
    void takesPartsFurtherUpWhereNamesAreTheSame() {
        assertEquals(
                List.of("lr1/…/fcn", "lr2/…/fcn", "psp", "old"),
                names("lr1/aug/fcn/train", "lr2/aug/fcn/train", "lr1/aug/psp/train", "old"));
    }

    @Test
    void takesTheEndTooWhereOtherwiseTwoWouldBeCalledAlike() {
        assertEquals(
                List.of("lr1/…/fcn", "lr2/…/fcn", "lr1/…/psp", "lr2/…/psp"),
                names("lr1/aug/fcn", "lr2/aug/fcn", "lr1/aug/psp", "lr2/aug/psp"));
    }

    private static List<String> names(String... paths) {
        return RunNames.of(Stream.of(paths).map(Path::of).toList());
    }
}
