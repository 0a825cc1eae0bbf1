package terrazzo.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;
import terrazzo.checkpoint.HostTensor;
import terrazzo.core.shape.DType;

class TorchScopeTest {

    @Test
    void takesTensorsOfCheckpointsWhereverTheyLie() {
        try (TorchRuntime runtime = TorchRuntime.cpu();
                TorchScope scope = runtime.scope();
                Arena arena = Arena.ofConfined()) {
            float[] numbers = {1, 2, 3, 4, 5, 6};
            MemorySegment odd = arena.allocate(25, 4).asSlice(1); // as in files that don't align
            for (int i = 0; i < numbers.length; i++) {
                odd.setAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, i, numbers[i]);
            }
            List<Long> shape = List.of(2L, 3L);
            assertArrayEquals(
                    numbers,
                    scope.host(HostTensor.of(DType.FLOAT32, shape, odd)).toFloats());
            assertArrayEquals(
                    numbers, scope.host(HostTensor.ofFloats(shape, numbers)).toFloats());
            assertArrayEquals(
                    new float[] {1, 4, 2, 5, 3, 6},
                    scope.host(HostTensor.ofFloats(shape, numbers).permute(1, 0))
                            .toFloats());
        }
    }
}
