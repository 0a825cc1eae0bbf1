package example;

import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import terrazzo.app.spi.StudioServices;
import terrazzo.app.spi.Workspace;
import terrazzo.app.view.WorkspaceBar;
import terrazzo.core.image.Palette;
import terrazzo.data.datasets.GeneratedPalette;

/// The colours that classes without a palette get.
final class PaletteWorkspace implements Workspace {

    private static final int COUNT = 64;
    private static final double SIDE = 48;

    private final StudioServices services;
    private @Nullable Parent view;

    PaletteWorkspace(StudioServices services) {
        this.services = services;
    }

    @Override
    public String id() {
        return "example.palette";
    }

    @Override
    public Ikon icon() {
        return Feather.DROPLET;
    }

    @Override
    public Parent view() {
        Parent built = view;
        if (built == null) {
            built = build();
            view = built;
        }
        return built;
    }

    private Parent build() {
        Label title = new Label();
        title.textProperty().bind(services.texts().bind("workspace.example.palette"));
        Palette palette = GeneratedPalette.of(COUNT);
        FlowPane colours = new FlowPane(8, 8);
        colours.setStyle("-fx-padding: 16;");
        for (int i = 0; i < palette.size(); i++) {
            Region swatch = new Region();
            swatch.setMinSize(SIDE, SIDE);
            swatch.setStyle("-fx-background-radius: 6; -fx-background-color: #%06x;".formatted(palette.rgb(i)));
            colours.getChildren().add(swatch);
        }
        return new BorderPane(colours, new WorkspaceBar(title), null, null, null);
    }
}
