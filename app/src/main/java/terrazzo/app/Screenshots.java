package terrazzo.app;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import javafx.animation.PauseTransition;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableBooleanValue;
import javafx.embed.swing.SwingFXUtils;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.paint.Color;
import javafx.stage.PopupWindow;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.util.Duration;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import terrazzo.core.AtomicFile;
import terrazzo.core.Size;

/// Writes pictures of a window.
final class Screenshots {

    /// What transitions, fonts and the canvas's fine frame need after the last change.
    private static final Duration REST = Duration.millis(600);

    /// At which small letters are still clean.
    private static final float JPEG_QUALITY = 0.88f;

    private static final Pattern NAME = Pattern.compile("(?i)\\.(png|jpe?g)$");

    private Screenshots() {}

    /// Calls `then` once `settled` has been true for a moment. UI thread.
    static void whenSettled(ObservableBooleanValue settled, Runnable then) {
        PauseTransition rest = new PauseTransition(REST);
        ChangeListener<Boolean> follow = (_, _, now) -> {
            if (now) {
                rest.playFromStart();
            } else {
                rest.stop();
            }
        };
        rest.setOnFinished(_ -> {
            if (settled.get()) {
                settled.removeListener(follow); // only once
                then.run();
            }
        });
        settled.addListener(follow);
        if (settled.get()) {
            rest.playFromStart();
        }
    }

    /// Gives a window its size, in the last corner of the screen: popups, which stay on the screen, stay in the
    /// picture as they do on a screen that the window fills.
    static void resize(Stage window, Size size) {
        Rectangle2D screen = Screen.getPrimary().getBounds();
        window.setWidth(size.width());
        window.setHeight(size.height());
        window.setX(screen.getMaxX() - size.width());
        window.setY(screen.getMaxY() - size.height());
    }

    /// What a window shows, with its menus and popovers. UI thread.
    static BufferedImage of(Stage window) {
        Scene scene = window.getScene();
        // Without an alpha channel the file is smaller and every viewer shows the same.
        BufferedImage all =
                new BufferedImage((int) scene.getWidth(), (int) scene.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = all.createGraphics();
        pen.drawImage(SwingFXUtils.fromFXImage(scene.snapshot(null), null), 0, 0, null);
        SnapshotParameters through = new SnapshotParameters();
        through.setFill(Color.TRANSPARENT); // the shadows of popups
        for (Window other : Window.getWindows()) {
            if (other instanceof PopupWindow popup && popup.isShowing()) {
                BufferedImage above =
                        SwingFXUtils.fromFXImage(popup.getScene().getRoot().snapshot(through, null), null);
                pen.drawImage(above, (int) (popup.getX() - window.getX()), (int) (popup.getY() - window.getY()), null);
            }
        }
        pen.dispose();
        return all;
    }

    /// Whether a picture can be written to a file of this name.
    static boolean canWrite(Path file) {
        return NAME.matcher(file.toString()).find() && !Files.isDirectory(file);
    }

    /// Writes a picture as a JPEG or a PNG, as the name says.
    static void write(BufferedImage opaque, Path file) throws IOException {
        if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
            AtomicFile.write(file, out -> writeJpeg(opaque, out));
        } else {
            AtomicFile.write(file, out -> ImageIO.write(opaque, "png", out));
        }
    }

    private static void writeJpeg(BufferedImage picture, OutputStream out) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(JPEG_QUALITY);
            writer.setOutput(stream);
            writer.write(null, new IIOImage(picture, null, null), how);
        } finally {
            writer.dispose();
        }
    }
}
