package terrazzo.graph.ir;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;
import terrazzo.core.Size;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.ShapeException;
import terrazzo.core.shape.Dim;

/// What a module asks of an image's size beside what the shapes of its steps say.
///
/// @param complaint all of the refusal but what was got; without advice, the least image that fits is advised
/// @param asked rows and columns that it is about, for example of a level
/// @param least what they must not be below
/// @param most what they must not be above
/// @param shown rows and columns that the refusal tells as got
public record Requirement(Complaint complaint, Extent asked, Size least, Size most, Extent shown) {

    private static final long LARGEST_IMAGE = 1 << 16;

    /// Rows and columns, symbolic where they depend on the input.
    public record Extent(Dim height, Dim width) {

        private boolean isKnown(Set<String> names) {
            return names.containsAll(height.symbols()) && names.containsAll(width.symbols());
        }

        private String text(Map<String, Long> sizeByName) {
            return height.evaluate(sizeByName::get) + "x" + width.evaluate(sizeByName::get);
        }
    }

    /// A level that something of a fixed size must fit into.
    ///
    /// @param where path of the module
    public static Requirement atLeast(String where, Extent level, Size least) {
        Complaint complaint =
                Complaint.at(where).expected("a level of " + least.height() + "x" + least.width() + " or more");
        return new Requirement(complaint, level, least, new Size(Integer.MAX_VALUE, Integer.MAX_VALUE), level);
    }

    /// A grid of patches that tables are made for.
    ///
    /// @param complaint says which image has such patches, and what to do
    public static Requirement exactly(Complaint complaint, Extent patches, Size wanted, Extent image) {
        return new Requirement(complaint, patches, wanted, wanted, image);
    }

    /// @param sizeByName values of symbols; what depends on others can't be told yet
    /// @throws ShapeException when the sizes are known and do not fit
    public void check(Map<String, Long> sizeByName) {
        if (asked.isKnown(sizeByName.keySet())
                && shown.isKnown(sizeByName.keySet())
                && !(isBetween(asked.height.evaluate(sizeByName::get), least.height(), most.height())
                        && isBetween(asked.width.evaluate(sizeByName::get), least.width(), most.width()))) {
            throw new ShapeException(refusal(shown.text(sizeByName)));
        }
    }

    private Complaint refusal(String got) {
        OptionalLong height = leastSide(asked.height, least.height());
        OptionalLong width = leastSide(asked.width, least.width());
        return !complaint.advice().isEmpty() || height.isEmpty() || width.isEmpty()
                ? complaint.got(got)
                : complaint
                        .got(got)
                        .advice("use images of " + height.getAsLong() + "x" + width.getAsLong() + " or more");
    }

    private static OptionalLong leastSide(Dim dim, long wanted) {
        return dim.symbols().size() == 1
                ? LongStream.rangeClosed(1, LARGEST_IMAGE)
                        .filter(side -> dim.evaluate(_ -> side) >= wanted)
                        .findFirst()
                : OptionalLong.empty();
    }

    private static boolean isBetween(long value, long least, long most) {
        return least <= value && value <= most;
    }
}
