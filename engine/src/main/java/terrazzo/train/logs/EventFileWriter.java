package terrazzo.train.logs;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import terrazzo.core.image.Raster;

/// A TensorBoard event file that grows: scalars, images and texts, each with a step and the time of writing. What a
/// call wrote is in the file when it returns, as whole records, so a reader that follows the file, or one that comes
/// after a crash, finds nothing torn but perhaps the last record. One thread at a time.
public final class EventFileWriter implements Closeable {

    // Fields of tensorboard/compat/proto: event.proto, summary.proto, tensor.proto.
    private static final int EVENT_WALL_TIME = 1;
    private static final int EVENT_STEP = 2;
    private static final int EVENT_FILE_VERSION = 3;
    private static final int EVENT_SUMMARY = 5;
    private static final int SUMMARY_VALUE = 1;
    private static final int VALUE_TAG = 1;
    private static final int VALUE_SIMPLE = 2;
    private static final int VALUE_IMAGE = 4;
    private static final int VALUE_TENSOR = 8;
    private static final int VALUE_METADATA = 9;
    private static final int METADATA_PLUGIN = 1;
    private static final int PLUGIN_NAME = 1;
    private static final int IMAGE_HEIGHT = 1;
    private static final int IMAGE_WIDTH = 2;
    private static final int IMAGE_COLOURS = 3;
    private static final int IMAGE_BYTES = 4;
    private static final int TENSOR_TYPE = 1;
    private static final int TENSOR_SHAPE = 2;
    private static final int TENSOR_TEXT = 8;
    private static final int SHAPE_DIM = 2;
    private static final int DIM_SIZE = 1;
    private static final int DT_STRING = 7;
    private static final int RGB = 3;

    private final Path file;
    private final FileChannel channel;
    private final Clock clock;

    private EventFileWriter(Path file, Clock clock) throws IOException {
        this.file = file;
        this.clock = clock;
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /// Creates a file in `folder`, under the name that PyTorch's writer gives: time, host, process and a number that
    /// makes it unique. The folder exists.
    ///
    /// @throws IOException when the disk refuses
    public static EventFileWriter create(Path folder) throws IOException {
        return create(folder, Clock.systemUTC());
    }

    static EventFileWriter create(Path folder, Clock clock) throws IOException {
        String stem = String.format(
                Locale.ROOT,
                "events.out.tfevents.%010d.%s.%d.",
                clock.instant().getEpochSecond(),
                host(),
                ProcessHandle.current().pid());
        EventFileWriter writer = open(folder.resolve(stem), clock);
        writer.write(
                new ProtoWriter().float64(EVENT_WALL_TIME, writer.now()).text(EVENT_FILE_VERSION, "brain.Event:2"));
        return writer;
    }

    private static EventFileWriter open(Path stem, Clock clock) throws IOException {
        int number = 0;
        while (true) {
            try {
                return new EventFileWriter(stem.resolveSibling(stem.getFileName() + String.valueOf(number)), clock);
            } catch (FileAlreadyExistsException _) { // two runs within one second
                number++;
            }
        }
    }

    /// Where this writes.
    public Path file() {
        return file;
    }

    /// Adds one value.
    ///
    /// @param tag what is drawn, `loss` or `decode.acc_seg`
    /// @param value kept as a 32-bit float; not a number is allowed
    /// @param step iteration
    public void scalar(String tag, double value, long step) throws IOException {
        add(scalarValue(tag, value), step);
    }

    /// Adds the values of one row of the log, in one record.
    public void scalars(Map<String, ? extends Number> valueByTag, long step) throws IOException {
        ProtoWriter summary = new ProtoWriter();
        valueByTag.forEach((tag, value) -> summary.message(SUMMARY_VALUE, scalarValue(tag, value.doubleValue())));
        writeSummary(summary, step);
    }

    /// Adds a picture, kept as a PNG.
    public void image(String tag, Raster image, long step) throws IOException {
        ProtoWriter encoded = new ProtoWriter()
                .varint(IMAGE_HEIGHT, image.height())
                .varint(IMAGE_WIDTH, image.width())
                .varint(IMAGE_COLOURS, RGB)
                .bytes(IMAGE_BYTES, png(image));
        add(new ProtoWriter().text(VALUE_TAG, tag).message(VALUE_IMAGE, encoded), step);
    }

    /// Adds a text, shown as Markdown; mmengine keeps the config of a run so, under the tag `config`.
    public void text(String tag, String text, long step) throws IOException {
        ProtoWriter shape = new ProtoWriter().message(SHAPE_DIM, new ProtoWriter().varint(DIM_SIZE, 1));
        ProtoWriter tensor = new ProtoWriter()
                .varint(TENSOR_TYPE, DT_STRING)
                .message(TENSOR_SHAPE, shape)
                .text(TENSOR_TEXT, text);
        ProtoWriter metadata = new ProtoWriter().message(METADATA_PLUGIN, new ProtoWriter().text(PLUGIN_NAME, "text"));
        // The suffix is PyTorch's; TensorBoard finds texts by the plugin's name.
        add(
                new ProtoWriter()
                        .text(VALUE_TAG, tag + "/text_summary")
                        .message(VALUE_TENSOR, tensor)
                        .message(VALUE_METADATA, metadata),
                step);
    }

    /// Forces everything to the disk and ends the file.
    @Override
    public void close() throws IOException {
        try (channel) {
            if (channel.isOpen()) {
                channel.force(false);
            }
        }
    }

    private static ProtoWriter scalarValue(String tag, double value) {
        return new ProtoWriter().text(VALUE_TAG, tag).float32(VALUE_SIMPLE, (float) value);
    }

    private void add(ProtoWriter value, long step) throws IOException {
        writeSummary(new ProtoWriter().message(SUMMARY_VALUE, value), step);
    }

    private void writeSummary(ProtoWriter summary, long step) throws IOException {
        write(new ProtoWriter()
                .float64(EVENT_WALL_TIME, now())
                .varint(EVENT_STEP, step)
                .message(EVENT_SUMMARY, summary));
    }

    private void write(ProtoWriter event) throws IOException {
        ByteBuffer frame = EventFrame.of(event.bytes());
        while (frame.hasRemaining()) {
            channel.write(frame);
        }
    }

    private double now() {
        Instant instant = clock.instant();
        return instant.getEpochSecond() + instant.getNano() / 1e9;
    }

    private static byte[] png(Raster image) throws IOException {
        BufferedImage picture = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_3BYTE_BGR);
        picture.getRaster().setDataElements(0, 0, image.width(), image.height(), rgb(image));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", out);
        return out.toByteArray();
    }

    /// A raster's elements come in the order of its bands, red first, whatever the order in memory.
    private static byte[] rgb(Raster image) {
        byte[] bgr = image.asBgr();
        byte[] rgb = new byte[bgr.length];
        for (int i = 0; i < bgr.length; i += RGB) {
            rgb[i] = bgr[i + 2];
            rgb[i + 1] = bgr[i + 1];
            rgb[i + 2] = bgr[i];
        }
        return rgb;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) { // a machine without a network
            return "localhost";
        }
    }
}
