package terrazzo.checkpoint;

/// What a pickle may ask for at most, so that a hostile or damaged one ends in a message instead of using up memory.
/// The largest checkpoints of OpenMMLab with optimizer and history stay below a tenth of each.
///
/// @param instructions instructions carried out, and items that constructors copy
/// @param depth containers within containers
/// @param textBytes bytes of texts and byte strings made by constructors
/// @param overlapNumel elements of a tensor that has more of them than its storage, as an expanded one
record PickleLimits(long instructions, int depth, long textBytes, long overlapNumel) {

    static final PickleLimits DEFAULT = new PickleLimits(4_000_000, 200, 256L << 20, 1L << 24);
}
