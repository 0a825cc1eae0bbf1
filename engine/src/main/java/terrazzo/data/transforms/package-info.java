/// The steps of pipelines, one file each under the reference's name, and {@link terrazzo.data.transforms.Transforms},
/// the catalogue that reads them from a config. A step says in its doc which parts of a sample it reads and writes and
/// in which order it draws random numbers. Pixels agree with the reference because OpenCV does the same work here.
@NullMarked
package terrazzo.data.transforms;

import org.jspecify.annotations.NullMarked;
