package terrazzo.app.canvas;

/// Something painted in image coordinates, over the layers below it.
public interface Layer {

    /// Gets ready for a frame: looks tables up, fetches tiles. Called on the UI thread, before any line.
    void prepare(Grid grid);

    /// Paints the pixels of one line that this layer covers. Called from several threads for different lines.
    void paint(Scanline line);
}
