package terrazzo.graph.nn;

import terrazzo.core.Size;

/// The geometry of a convolution.
///
/// @param in channels that go in
/// @param out channels that come out
/// @param kernel extent of the window in pixels
/// @param stride step of the window in pixels
/// @param padding zeros around the input in pixels
/// @param dilation distance of neighbouring taps in pixels
/// @param groups parts that channels are split into, each convolved alone
/// @param bias whether a number is added per channel
public record ConvSpec(
        int in, int out, Size kernel, Size stride, Size padding, Size dilation, int groups, boolean bias) {

    /// A square kernel, stride 1, no padding, no dilation, one group, with bias.
    public static ConvSpec of(int in, int out, int kernel) {
        return of(in, out, square(kernel));
    }

    public static ConvSpec of(int in, int out, Size kernel) {
        return new ConvSpec(in, out, kernel, square(1), square(0), square(1), 1, true);
    }

    public ConvSpec stride(int pixels) {
        return stride(square(pixels));
    }

    public ConvSpec stride(Size pixels) {
        return new ConvSpec(in, out, kernel, pixels, padding, dilation, groups, bias);
    }

    public ConvSpec padding(int pixels) {
        return padding(square(pixels));
    }

    public ConvSpec padding(Size pixels) {
        return new ConvSpec(in, out, kernel, stride, pixels, dilation, groups, bias);
    }

    public ConvSpec dilation(int pixels) {
        return dilation(square(pixels));
    }

    public ConvSpec dilation(Size pixels) {
        return new ConvSpec(in, out, kernel, stride, padding, pixels, groups, bias);
    }

    public ConvSpec groups(int count) {
        return new ConvSpec(in, out, kernel, stride, padding, dilation, count, bias);
    }

    public ConvSpec bias(boolean has) {
        return new ConvSpec(in, out, kernel, stride, padding, dilation, groups, has);
    }

    /// How many inputs each output sees.
    public long fanIn() {
        return (long) in / groups * kernel.area();
    }

    private static Size square(int pixels) {
        return new Size(pixels, pixels);
    }
}
