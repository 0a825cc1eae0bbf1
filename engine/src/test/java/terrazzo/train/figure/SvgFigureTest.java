package terrazzo.train.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import terrazzo.core.Scale;
import terrazzo.train.figure.Axis.Unit;

final class SvgFigureTest {

    private static final Figure.Words WORDS = new Figure.Words("", "iteration", "loss", true);

    @Test
    void leavesTheMiddleOutOfANameThatIsWiderThanThePicture() {
        String svg = SvgFigure.of(List.of(figure("a".repeat(300) + "z")), new Scale(400, 300), Look.LIGHT);
        String name = svg.replaceFirst("(?s).*>(a+…a+z)<.*", "$1");
        assertTrue(name.length() > 20 && name.length() < 400 / (12 * 0.4), name);
    }

    @Test
    void namesTheSameCurvesOnce() {
        assertEquals(WORDS, figure("b").below(figure("a")).words());
        assertEquals(
                new Figure.Words("", "iteration", "loss", false),
                figure("a").below(figure("a")).words());
    }

    private static Figure figure(String name) {
        Curve curve = Curve.of(name, 0x123456, new double[] {1, 2, 3}, new double[] {4, 5, 6});
        return Figure.of(List.of(Trace.of(curve)), Unit.NUMBER, WORDS);
    }
}
