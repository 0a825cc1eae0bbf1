package terrazzo.runtime;

import java.util.List;
import java.util.Map;
import terrazzo.graph.torchscript.TorchScript;

/// Averages logits of overlapping windows, in place: nothing of the image's size is made per window.
public final class WindowSum {

    private static final String METHODS = """
          def begin(self, x: Tensor, ws: List[Tensor], k: int, h: int, w: int) -> List[Tensor]:
            total = torch.new_zeros(x, [1, k, h, w])
            count = torch.new_zeros(x, [1, 1, h, w])
            return [total, count]
          def add(self, total: Tensor, count: Tensor, part: Tensor, ws: List[Tensor], y1: int, y2: int, x1: int, x2: int) -> List[Tensor]:
            t = torch.slice(torch.slice(total, 2, y1, y2, 1), 3, x1, x2, 1)
            t = torch.add_(t, part)
            c = torch.slice(torch.slice(count, 2, y1, y2, 1), 3, x1, x2, 1)
            c = torch.add_(c, 1.0)
            return annotate(List[Tensor], [])
          def mean(self, total: Tensor, count: Tensor, ws: List[Tensor]) -> List[Tensor]:
            return [torch.div_(total, count)]
          def upper(self, total: Tensor, count: Tensor, ws: List[Tensor], n: int) -> List[Tensor]:
            return [torch.div(torch.slice(total, 2, 0, n, 1), torch.slice(count, 2, 0, n, 1))]
          def drop(self, total: Tensor, count: Tensor, ws: List[Tensor], n: int, h: int) -> List[Tensor]:
            t = torch.constant_pad_nd(torch.slice(total, 2, n, h, 1), [0, 0, 0, n], 0)
            c = torch.constant_pad_nd(torch.slice(count, 2, n, h, 1), [0, 0, 0, n], 0)
            return [t, c]
          def columns(self, x: Tensor, ws: List[Tensor], x1: int, x2: int) -> List[Tensor]:
            return [torch.slice(x, 3, x1, x2, 1)]
        """.indent(0);

    private final TorchProgram program;
    private final TorchWeights none = TorchWeights.of(List.of());

    /// Compiles the methods; keep it as long as the runtime.
    public WindowSum(TorchRuntime runtime) {
        this.program = runtime.load(TorchScript.of(METHODS, List.of()), Map.of());
    }

    /// Starts a sum for `classes` by `height` by `width` on the device of `x`.
    public Sum begin(TorchScope scope, TorchTensor x, int classes, int height, int width) {
        List<TorchTensor> made = program.run(scope, "begin", List.of(x), none, classes, height, width);
        return new Sum(scope, made.get(0), made.get(1));
    }

    /// Columns `left` to `right` of logits.
    public TorchTensor columns(TorchScope scope, TorchTensor logits, int left, int right) {
        return program.run(scope, "columns", List.of(logits), none, left, right).getFirst();
    }

    /// A sum under way; its tensors belong to the scope that it was begun in.
    public final class Sum {

        private final TorchScope scope;
        private final TorchTensor total;
        private final TorchTensor count;

        private Sum(TorchScope scope, TorchTensor total, TorchTensor count) {
            this.scope = scope;
            this.total = total;
            this.count = count;
        }

        /// Adds the logits `[1, K, bottom - top, right - left]` of one window.
        public void add(TorchTensor logits, int top, int bottom, int left, int right) {
            program.run(scope, "add", List.of(total, count, logits), none, top, bottom, left, right);
        }

        /// The mean at the first `rows` rows; the sum goes on.
        public TorchTensor upper(TorchScope into, int rows) {
            return program.run(into, "upper", List.of(total, count), none, rows).getFirst();
        }

        /// The sum without its first `rows` rows, moved up, and as many empty ones below.
        ///
        /// @param into owns the new sum
        public Sum drop(TorchScope into, int rows) {
            long height = total.shape()[2];
            List<TorchTensor> made = program.run(into, "drop", List.of(total, count), none, rows, height);
            return new Sum(into, made.get(0), made.get(1));
        }

        /// The mean of all windows at each pixel; ends the sum.
        public TorchTensor mean() {
            return program.run(scope, "mean", List.of(total, count), none).getFirst();
        }
    }
}
