package terrazzo.data.images;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.MediaException;

/// The bytes of one image file whose header was found sound: of known format, within the limits, complete.
final class ImageBytes {

    private final String name;
    private final byte[] bytes;
    private final ImageHeader header;

    private ImageBytes(String name, byte[] bytes, ImageHeader header) {
        this.name = name;
        this.bytes = bytes;
        this.header = header;
    }

    /// The file as messages call it.
    String name() {
        return name;
    }

    byte[] bytes() {
        return bytes;
    }

    ImageHeader header() {
        return header;
    }

    /// Reads and checks a file.
    ///
    /// @throws MediaException when it is missing, unreadable, or [#of] refuses it
    static ImageBytes load(Path file, ImageLimits limits) {
        String name = file.toString();
        try {
            if (Files.isDirectory(file)) {
                throw refusal(name, "a folder", "give a file");
            }
            long size = Files.size(file);
            if (size > limits.maxBytes()) {
                throw new MediaException(Complaint.at(name)
                        .expected("at most " + limits.maxBytes() + " bytes")
                        .got(size + " bytes")
                        .advice("raise the limit if the file is trusted"));
            }
            return of(name, Files.readAllBytes(file), limits);
        } catch (NoSuchFileException e) {
            throw new MediaException(
                    Complaint.at(name).expected("an image").got("no such file").advice("check the path"), e);
        } catch (IOException e) {
            throw new MediaException(
                    Complaint.at(name).expected("a readable file").got(String.valueOf(e.getMessage())), e);
        }
    }

    /// Checks bytes that are a whole image file.
    ///
    /// @throws MediaException when they are empty, no image, cut off or too large once decoded
    static ImageBytes of(String name, byte[] bytes, ImageLimits limits) {
        if (bytes.length == 0) {
            throw refusal(name, "an empty file", "copy or download it again");
        }
        ImageHeader header = ImageHeader.read(bytes)
                .orElseThrow(() -> refusal(
                        name,
                        looksLikeText(bytes) ? "text" : "an unknown or cut off format",
                        "supported are JPEG, PNG, WebP, BMP, TIFF, GIF and PNM"));
        if (header.width() < 1 || header.height() < 1) {
            throw refusal(name, sizeOf(header) + " pixels", "the file is damaged");
        }
        if (header.pixels() > limits.maxPixels()) {
            throw new MediaException(Complaint.at(name)
                    .expected("at most " + limits.maxPixels() + " pixels")
                    .got(sizeOf(header) + " = " + header.pixels())
                    .advice("scale or cut the image, or raise the limit if the file is trusted"));
        }
        if (!header.complete()) {
            throw refusal(name, "a truncated " + header.format(), "copy or download it again");
        }
        return new ImageBytes(name, bytes, header);
    }

    /// What is said when the header was sound and the pixels are not.
    MediaException damaged() {
        return refusal(name, "a damaged " + header.format(), "copy or download it again");
    }

    MediaException damaged(Throwable cause) {
        return new MediaException(damaged().complaint(), cause);
    }

    private static MediaException refusal(String name, String got, String advice) {
        return new MediaException(
                Complaint.at(name).expected("an image").got(got).advice(advice));
    }

    private static String sizeOf(ImageHeader header) {
        return header.width() + "x" + header.height();
    }

    private static boolean looksLikeText(byte[] bytes) {
        String start = new String(bytes, 0, Math.min(bytes.length, 512), StandardCharsets.UTF_8);
        return start.codePoints().limit(400).noneMatch(c -> c == 0xFFFD || (c < ' ' && !Character.isWhitespace(c)));
    }
}
