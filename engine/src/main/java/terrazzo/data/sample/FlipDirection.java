package terrazzo.data.sample;

/// How an image was mirrored; `diagonal` is both ways, a turn by 180°.
public enum FlipDirection {
    HORIZONTAL,
    VERTICAL,
    DIAGONAL
}
