package example;

import javafx.scene.input.MouseButton;
import terrazzo.app.canvas.Tool;
import terrazzo.app.notice.Notice;
import terrazzo.app.spi.StudioServices;

/// Measures: drag from one point of the image to another.
final class MeasureTool implements Tool {

    private final StudioServices services;
    private double startX;
    private double startY;

    MeasureTool(StudioServices services) {
        this.services = services;
    }

    @Override
    public boolean takesPrimary() {
        return true;
    }

    @Override
    public void pressed(Pointer pointer) {
        startX = pointer.x();
        startY = pointer.y();
    }

    @Override
    public void released(Pointer pointer) {
        double length = Math.hypot(pointer.x() - startX, pointer.y() - startY);
        if (pointer.button() == MouseButton.PRIMARY && length >= 1) {
            services.notices().show(Notice.info(services.texts().get("example.distance", length), ""));
        }
    }
}
