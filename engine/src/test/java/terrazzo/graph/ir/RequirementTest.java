package terrazzo.graph.ir;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import terrazzo.core.Size;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.ShapeException;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Dim;
import terrazzo.graph.Tensor;
import terrazzo.graph.Trace;
import terrazzo.graph.ir.Requirement.Extent;

class RequirementTest {

    private static final Dim H = Dim.symbol("H");
    private static final Dim W = Dim.symbol("W");

    @Test
    void saysWhichImagesAreLargeEnough() {
        Requirement requirement =
                Requirement.atLeast("head", new Extent(H.ceilDiv(16), W.ceilDiv(16)), new Size(49, 49));

        assertDoesNotThrow(() -> requirement.check(Map.of("H", 769L, "W", 800L)));
        assertEquals(
                "head: expected a level of 49x49 or more, got 48x50 — use images of 769x769 or more", // 48 * 16 = 768
                refusal(requirement, Map.of("H", 768L, "W", 800L)));
    }

    @Test
    void saysWhichImageFitsTables() {
        Complaint complaint = Complaint.at("").expected("an image of 64x32").advice("resize it");
        Requirement requirement = Requirement.exactly(
                complaint, new Extent(H.floorDiv(16), W.floorDiv(16)), new Size(4, 2), new Extent(H, W));

        assertDoesNotThrow(() -> requirement.check(Map.of("H", 79L, "W", 32L)));
        assertEquals(
                "expected an image of 64x32, got 80x32 — resize it", refusal(requirement, Map.of("H", 80L, "W", 32L)));
    }

    @Test
    void waitsForSizesThatAreNotKnownYet() {
        Requirement requirement = Requirement.atLeast("head", new Extent(H, W), new Size(4, 4));

        assertDoesNotThrow(() -> requirement.check(Map.of("H", 1L)));
        Trace trace = new Trace(Trace.Mode.EVAL);
        trace.require(requirement);
        Tensor x = trace.input("x", DType.FLOAT32, H, W);
        assertEquals(1, trace.finish(Map.of("x", x)).requirements().size());
    }

    @Test
    void refusesAtOnceWhatIsKnown() {
        Requirement requirement = Requirement.atLeast("head", new Extent(Dim.of(3), Dim.of(9)), new Size(4, 4));

        assertEquals(
                "head: expected a level of 4x4 or more, got 3x9",
                assertThrows(ShapeException.class, () -> new Trace(Trace.Mode.EVAL).require(requirement))
                        .getMessage());
    }

    private static String refusal(Requirement requirement, Map<String, Long> sizes) {
        return String.valueOf(assertThrows(ShapeException.class, () -> requirement.check(sizes))
                .getMessage());
    }
}
