package terrazzo.graph.report;

/// What a computation costs; a multiplication with the addition that follows counts as one.
///
/// @param counted what the reference's tool counts: convolutions and linear layers with weights of their own,
///     normalisations, rectifiers, poolings
/// @param uncounted what it leaves out because no layer of a kind it knows does it: products of activations, and all
///     that happens inside of attention with one matrix for queries, keys and values
public record Flops(long counted, long uncounted) {

    public static final Flops NONE = new Flops(0, 0);

    static Flops counted(long n) {
        return new Flops(n, 0);
    }

    static Flops uncounted(long n) {
        return new Flops(0, n);
    }

    /// Both together.
    public Flops plus(Flops other) {
        return new Flops(Math.addExact(counted, other.counted), Math.addExact(uncounted, other.uncounted));
    }

    /// All of it.
    public long all() {
        return counted + uncounted;
    }
}
