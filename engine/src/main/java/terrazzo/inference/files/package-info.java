/// Segmenting files: {@link terrazzo.inference.files.InputFiles} finds images, and
/// {@link terrazzo.inference.files.SegmentFiles} reads, segments, draws and writes them, all at the same time.
@NullMarked
package terrazzo.inference.files;

import org.jspecify.annotations.NullMarked;
