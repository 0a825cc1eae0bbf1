/// Results of the model in formats of other programs: [terrazzo.inference.exporters.Exporters] lists them, plugins add
/// theirs. Pictures and label maps, which everything here reads and writes, are in `terrazzo.data.images`.
@NullMarked
package terrazzo.inference.exporters;

import org.jspecify.annotations.NullMarked;
