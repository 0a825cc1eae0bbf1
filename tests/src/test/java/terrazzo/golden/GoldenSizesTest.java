package terrazzo.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import terrazzo.core.Size;
import terrazzo.models.Segmentor;
import terrazzo.models.catalogue.StandardParts;
import terrazzo.runtime.TorchRuntime;

/// One compiled program per model serves images of every size, and gives what a program for that size
/// alone gives; models that take one size only say which. Models are chosen as in [GoldenModelTest].
@Tag("golden")
@ExtendWith(WithTorch.class)
final class GoldenSizesTest {

    private static final Size ODD = new Size(81, 113);
    private static final List<Size> SIZES = List.of(new Size(64, 128), ODD, new Size(512, 512));

    private final TorchRuntime runtime;

    GoldenSizesTest(TorchRuntime runtime) {
        this.runtime = runtime;
    }

    @TestFactory
    Stream<DynamicTest> oneProgramServesEverySize() throws IOException {
        return GoldenChoice.names().stream().map(name -> dynamicTest(name, () -> check(name)));
    }

    private void check(String name) throws IOException {
        GoldenModel golden = GoldenModel.load(GoldenChoice.folder(), name);
        Segmentor model = StandardParts.parts().segmentor(golden.config());
        assertEquals(List.of(), new GoldenRun(runtime, golden, model).sizeDifferences(SIZES, ODD));
    }
}
