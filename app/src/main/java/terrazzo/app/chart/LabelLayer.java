package terrazzo.app.chart;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Group;
import javafx.scene.text.Text;

/// The texts of a chart, above its picture. Nodes are used again from frame to frame. UI thread only.
final class LabelLayer extends Group {

    private final Letters letters = new Letters();
    private final List<Text> nodes = new ArrayList<>();

    LabelLayer() {
        setAutoSizeChildren(false);
        setMouseTransparent(true);
    }

    void show(List<PixelPen.Label> labels) {
        while (nodes.size() < labels.size()) {
            Text node = new Text();
            node.getStyleClass().add("chart-label");
            nodes.add(node);
            getChildren().add(node);
        }
        for (int i = 0; i < nodes.size(); i++) {
            Text node = nodes.get(i);
            node.setVisible(i < labels.size());
            if (i < labels.size()) {
                PixelPen.Label label = labels.get(i);
                node.setText(label.text());
                node.setFont(letters.font(label.lettering()));
                node.setFill(Colours.of(label.lettering().rgb()));
                node.setX(label.x());
                node.setY(label.y());
            }
        }
    }
}
