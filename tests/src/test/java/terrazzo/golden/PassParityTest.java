package terrazzo.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Dim;
import terrazzo.graph.Trace;
import terrazzo.graph.ir.Graph;
import terrazzo.graph.passes.Hoisted;
import terrazzo.graph.passes.Passes;
import terrazzo.models.Segmentor;
import terrazzo.models.catalogue.StandardParts;
import terrazzo.runtime.TorchProgram;
import terrazzo.runtime.TorchRuntime;
import terrazzo.runtime.TorchScope;
import terrazzo.runtime.TorchTensor;
import terrazzo.runtime.TorchWeights;

/// Rewritten graphs against the graphs that they were made of, on three image sizes with one program each.
@Tag("golden")
@ExtendWith(WithTorch.class)
final class PassParityTest {

    /// Height and width that share no factor with the strides, that are multiples of them, and those of CamVid.
    private static final long[][] SIZES = {{64, 128}, {81, 113}, {360, 480}};

    private final TorchRuntime runtime;

    PassParityTest(TorchRuntime runtime) {
        this.runtime = runtime;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pspnet_r18-d8_4xb2-80k_cityscapes-512x1024",
                "deeplabv3plus_r18-d8_4xb4-80k_loveda-512x512",
                "cgnet_fcn_4xb4-60k_cityscapes-680x680",
                "fast_scnn_8xb4-160k_cityscapes-512x1024",
                "segformer_mit-b0_8xb1-160k_cityscapes-1024x1024",
                "mobilenet-v2-d8_fcn_4xb2-80k_cityscapes-512x1024"
            })
    void keepsTheLogitsAtEverySize(String name) throws IOException {
        Graph plain = network(name);
        TorchProgram program = runtime.compile(Map.of("logits", plain));
        Prepared folded = new Prepared(Hoisted.of(Passes.forInference(plain)));
        Prepared narrow = new Prepared(Hoisted.of(Passes.forInferenceInBfloat16(plain)));
        for (long[] size : SIZES) {
            try (TorchScope scope = runtime.scope();
                    TorchWeights weights = weights(scope, plain)) {
                TorchTensor expected = program.run(scope, "logits", List.of(image(scope, size)), weights)
                        .getFirst();
                compare(expected, folded.run(scope, size), 1e-3, 0.999);
                // 8 bits of mantissa over many layers with random weights: close on average, and mostly the same class
                compare(expected, narrow.run(scope, size), 0.15, 0.85);
            }
        }
    }

    /// A rewritten graph with its weights computed once.
    private final class Prepared {

        private final TorchProgram program;
        private final TorchScope scope = runtime.scope();
        private final TorchWeights weights;

        Prepared(Hoisted hoisted) {
            this.program = runtime.compile(Map.of("prepare", hoisted.prepare(), "logits", hoisted.main()));
            List<String> names = new ArrayList<>(hoisted.prepare().outputs().keySet());
            try (TorchWeights given = weights(scope, hoisted.prepare())) {
                List<TorchTensor> made = program.run(scope, "prepare", List.of(), given);
                this.weights = TorchWeights.of(hoisted.main(), w -> {
                    int index = names.indexOf(w.key());
                    return index >= 0
                            ? made.get(index)
                            : parameter(scope, w.key(), w.value().type().shape().toLongs());
                });
            }
        }

        TorchTensor run(TorchScope runScope, long[] size) {
            return program.run(runScope, "logits", List.of(image(runScope, size)), weights)
                    .getFirst();
        }
    }

    private static Graph network(String name) throws IOException {
        GoldenModel golden = GoldenModel.load(Path.of("golden", "models"), name);
        Segmentor model = StandardParts.parts().segmentor(golden.config());
        Trace trace = new Trace(Trace.Mode.EVAL);
        return trace.finish(Map.of(
                "logits",
                model.encodeDecode(trace.input(
                        "img", DType.FLOAT32, Dim.symbol("N"), Dim.of(3), Dim.symbol("H"), Dim.symbol("W")))));
    }

    private static TorchTensor image(TorchScope scope, long[] size) {
        ByteBuffer pixels = NamedTensor.input("input", 3 * size[0] * size[1]);
        return scope.bytes(DType.FLOAT32, pixels, 1, 3, size[0], size[1]);
    }

    private static TorchWeights weights(TorchScope scope, Graph graph) {
        return TorchWeights.of(
                graph, w -> parameter(scope, w.key(), w.value().type().shape().toLongs()));
    }

    private static TorchTensor parameter(TorchScope scope, String key, long[] shape) {
        return scope.bytes(DType.FLOAT32, NamedTensor.parameter(key, shape), shape);
    }

    /// @param tolerance root mean square of the difference, in deviations of the expected logits
    /// @param agreement least share of pixels with the same best class
    private static void compare(TorchTensor expected, TorchTensor got, double tolerance, double agreement) {
        assertArrayEquals(expected.shape(), got.shape());
        float[] a = expected.toFloats();
        float[] b = got.toFloats();
        double square = 0;
        double mean = 0;
        double meanSquare = 0;
        for (int i = 0; i < a.length; i++) {
            square += Math.pow(a[i] - b[i], 2);
            mean += a[i];
            meanSquare += (double) a[i] * a[i];
        }
        double std = Math.sqrt(meanSquare / a.length - Math.pow(mean / a.length, 2));
        double error = Math.sqrt(square / a.length) / std;
        assertTrue(error <= tolerance, () -> "difference of " + error + " deviations, allowed " + tolerance);
        double same = sameClass(a, b, (int) expected.shape()[1]);
        assertTrue(same >= agreement, () -> same + " of the pixels agree, expected " + agreement);
    }

    private static double sameClass(float[] a, float[] b, int classes) {
        int pixels = a.length / classes;
        int same = 0;
        for (int p = 0; p < pixels; p++) {
            same += best(a, p, pixels, classes) == best(b, p, pixels, classes) ? 1 : 0;
        }
        return (double) same / pixels;
    }

    private static int best(float[] logits, int pixel, int pixels, int classes) {
        int best = 0;
        for (int c = 1; c < classes; c++) {
            best = logits[c * pixels + pixel] > logits[best * pixels + pixel] ? c : best;
        }
        return best;
    }
}
