package terrazzo.graph.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import terrazzo.config.ConfigLocator;
import terrazzo.core.shape.Shape;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.Lambda;
import terrazzo.graph.nn.Linear;
import terrazzo.graph.nn.Module;
import terrazzo.graph.nn.ModuleList;
import terrazzo.graph.report.LayeredLayout.Extent;
import terrazzo.graph.report.LayeredLayout.Place;
import terrazzo.models.Segmentor;
import terrazzo.models.catalogue.StandardParts;

final class DiagramTest {

    /// A list of two layers, the first of which is called before and after the second.
    private static final class Twice extends Module {

        private final ModuleList<Linear> layers = child("layers", new ModuleList<>(2, _ -> new Linear(5, 5, true)));
        private final Lambda act = child("act", new Lambda(Tensor::relu));

        private Tensor forward(Tensor x) {
            Tensor y = layers.items().get(0).call(x);
            Tensor z = act.call(layers.items().get(1).call(y));
            return y.add(layers.items().get(0).call(z));
        }
    }

    private static TracedModule twice() {
        Twice model = new Twice();
        return TracedModule.of(model, Shape.of(1, 3, 4, 5), model::forward);
    }

    private static TracedModule packed(String config) throws IOException {
        Segmentor model = StandardParts.parts()
                .segmentor(new ConfigLocator().load(config, List.of()).root().node("model"));
        return TracedModule.of(model, Shape.of(1, 3, 128, 128), model::encodeDecode);
    }

    private static List<String> titles(Diagram diagram) {
        return diagram.boxes().stream()
                .map(b -> (b.path() + " " + b.title()).strip())
                .toList();
    }

    @Test
    void drawsAPartThatIsCalledAroundAnotherTwice() {
        Diagram diagram = Diagram.of(twice(), 1);

        assertEquals(
                List.of("image", "layers.0 Linear", "layers.1 Linear", "act relu", "layers.0 Linear", "add", "logits"),
                titles(diagram));
        assertEquals(
                List.of(
                        new Diagram.Line(0, 1),
                        new Diagram.Line(1, 2),
                        new Diagram.Line(2, 3),
                        new Diagram.Line(3, 4),
                        new Diagram.Line(1, 5),
                        new Diagram.Line(4, 5),
                        new Diagram.Line(5, 6)),
                diagram.lines());
    }

    @Test
    void foldsPartsBelowItsDepth() throws IOException {
        Diagram diagram = Diagram.of(packed("unet/unet-s4-w8_fcn_1xb4-30i_scenes-96x128"), 1);

        assertEquals(List.of("image", "backbone UNet", "decode_head FCNHead", "logits"), titles(diagram));
    }

    @Test
    void namesWhatIsInAList() {
        ModuleTree tree = ModuleTree.of(twice());

        assertEquals("2 × Linear", tree.children().getFirst().type());
        assertEquals(2 * (5 * 5 + 5), tree.parameters());
        assertEquals("relu", tree.children().getLast().type());
        assertEquals(List.of(Shape.of(1, 3, 4, 5)), tree.children().getLast().outputs());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hrnet/fcn_hr18s_4xb2-40k_cityscapes-512x1024",
                "point_rend/pointrend_r50_4xb2-80k_cityscapes-512x1024",
                "bisenetv2/bisenetv2_fcn_4xb4-160k_cityscapes-1024x1024"
            })
    void putsBoxesBelowThoseTheyTakeFromAndApart(String config) throws IOException {
        Diagram diagram = Diagram.of(packed(config), 2);
        LayeredLayout layout = new LayeredLayout(
                diagram, diagram.boxes().stream().map(_ -> new Extent(100, 40)).toList());

        for (Diagram.Line line : diagram.lines()) {
            assertTrue(layout.box(line.from()).y() < layout.box(line.to()).y(), line::toString);
        }
        for (int i = 0; i < diagram.boxes().size(); i++) {
            for (int j = 0; j < i; j++) {
                Place a = layout.box(i);
                Place b = layout.box(j);
                assertTrue(Math.abs(a.y() - b.y()) > 40 || Math.abs(a.x() - b.x()) >= 100, i + " over " + j);
            }
        }
    }

    @Test
    void writesSvgThatIsXml() throws IOException, SAXException, ParserConfigurationException {
        String svg = SvgDrawing.of("a < b & c", "", Diagram.of(twice(), 1));

        Document read =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));

        assertEquals("svg", read.getDocumentElement().getTagName());
        assertEquals("a < b & c", read.getElementsByTagName("title").item(0).getTextContent());
        assertEquals(1 + 7, read.getElementsByTagName("rect").getLength()); // the ground, and the boxes
    }
}
