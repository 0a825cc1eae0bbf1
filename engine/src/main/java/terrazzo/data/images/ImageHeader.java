package terrazzo.data.images;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What an image file says about itself before its pixels are decoded.
///
/// @param format by the first bytes
/// @param width columns, as written; not checked against anything
/// @param height rows, as written
/// @param complete whether the end that the format promises is there
record ImageHeader(ImageFormat format, long width, long height, boolean complete) {

    /// Reads the header of `bytes`; empty when they are not an image of a known format or end within the header.
    static Optional<ImageHeader> read(byte[] bytes) {
        Bytes b = new Bytes(bytes);
        if (b.has(0, 0xFF, 0xD8, 0xFF)) {
            return jpeg(b);
        } else if (b.has(0, 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A)) {
            return png(b);
        } else if (b.has(0, 'R', 'I', 'F', 'F') && b.has(8, 'W', 'E', 'B', 'P')) {
            return webp(b);
        } else if (b.has(0, 'B', 'M') && b.size() >= 26) {
            return bmp(b);
        } else if (b.has(0, 'G', 'I', 'F', '8') && b.size() >= 10) {
            return Optional.of(new ImageHeader(ImageFormat.GIF, b.little(6, 2), b.little(8, 2), true));
        } else if (b.has(0, 'I', 'I', 42, 0) || b.has(0, 'M', 'M', 0, 42)) {
            return tiff(b);
        } else if (b.size() > 2 && b.at(0) == 'P' && b.at(1) >= '1' && b.at(1) <= '6' && b.at(2) <= ' ') {
            return pnm(b);
        }
        return Optional.empty();
    }

    long pixels() {
        return width * height;
    }

    private static Optional<ImageHeader> png(Bytes b) {
        if (b.size() < 33 || !b.has(12, 'I', 'H', 'D', 'R')) {
            return Optional.empty();
        }
        boolean ended = false;
        long at = 8;
        while (!ended && at + 12 <= b.size()) {
            long next = at + 12 + b.big((int) at, 4);
            ended = b.has((int) at + 4, 'I', 'E', 'N', 'D') && next <= b.size();
            at = next;
        }
        return Optional.of(new ImageHeader(ImageFormat.PNG, b.big(16, 4), b.big(20, 4), ended));
    }

    private static Optional<ImageHeader> jpeg(Bytes b) {
        long width = -1;
        long height = -1;
        int at = 2;
        while (at + 9 < b.size()) {
            if (b.at(at) != 0xFF) {
                at++; // Bytes between segments are tolerated, as libjpeg does.
                continue;
            }
            int marker = b.at(at + 1);
            if (marker == 0xFF || marker == 0x00 || marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8)) {
                at += marker == 0xFF ? 1 : 2;
                continue;
            }
            boolean frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
            if (frame) {
                height = b.big(at + 5, 2);
                width = b.big(at + 7, 2);
            } else if (marker == 0xDA) {
                break;
            }
            at += 2 + (int) b.big(at + 2, 2);
        }
        if (width < 0) {
            return Optional.empty();
        }
        // Only the end marker after the first scan counts: an embedded thumbnail has one of its own.
        boolean ended = false;
        for (int i = b.size() - 2; i >= at && !ended; i--) {
            ended = b.at(i) == 0xFF && b.at(i + 1) == 0xD9;
        }
        return Optional.of(new ImageHeader(ImageFormat.JPEG, width, height, ended));
    }

    private static Optional<ImageHeader> webp(Bytes b) {
        if (b.size() < 30) {
            return Optional.empty();
        }
        boolean complete = b.little(4, 4) + 8 <= b.size();
        if (b.has(12, 'V', 'P', '8', ' ')) {
            long width = b.little(26, 2) & 0x3FFF;
            return Optional.of(new ImageHeader(ImageFormat.WEBP, width, b.little(28, 2) & 0x3FFF, complete));
        } else if (b.has(12, 'V', 'P', '8', 'L')) {
            long bits = b.little(21, 4);
            return Optional.of(
                    new ImageHeader(ImageFormat.WEBP, (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, complete));
        } else if (b.has(12, 'V', 'P', '8', 'X')) {
            return Optional.of(new ImageHeader(ImageFormat.WEBP, b.little(24, 3) + 1, b.little(27, 3) + 1, complete));
        }
        return Optional.empty();
    }

    private static Optional<ImageHeader> bmp(Bytes b) {
        boolean old = b.little(14, 4) == 12; // the header of OS/2: 16-bit sizes
        long width = old ? b.little(18, 2) : Math.abs((int) b.little(18, 4));
        long height = old ? b.little(20, 2) : Math.abs((int) b.little(22, 4)); // negative: rows from the top
        return Optional.of(new ImageHeader(ImageFormat.BMP, width, height, b.little(10, 4) < b.size()));
    }

    private static Optional<ImageHeader> tiff(Bytes b) {
        boolean little = b.at(0) == 'I';
        long directory = b.number(4, 4, little);
        if (directory + 2 > b.size()) {
            return Optional.empty();
        }
        long width = -1;
        long height = -1;
        int count = (int) b.number((int) directory, 2, little);
        for (int i = 0; i < count; i++) {
            long entry = directory + 2 + 12L * i;
            if (entry + 12 > b.size()) {
                return Optional.empty();
            }
            int tag = (int) b.number((int) entry, 2, little);
            int bytes = b.number((int) entry + 2, 2, little) == 3 ? 2 : 4;
            if (tag == 256) {
                width = b.number((int) entry + 8, bytes, little);
            } else if (tag == 257) {
                height = b.number((int) entry + 8, bytes, little);
            }
        }
        return width < 0 || height < 0
                ? Optional.empty()
                : Optional.of(new ImageHeader(ImageFormat.TIFF, width, height, true));
    }

    private static Optional<ImageHeader> pnm(Bytes b) {
        String head = new String(b.bytes, 2, Math.min(b.size() - 2, 1024), StandardCharsets.US_ASCII);
        String[] words = head.replaceAll("#[^\n]*\n", " ").strip().split("\\s+");
        if (words.length < 2 || !words[0].matches("\\d{1,9}") || !words[1].matches("\\d{1,9}")) {
            return Optional.empty();
        }
        return Optional.of(new ImageHeader(ImageFormat.PNM, Long.parseLong(words[0]), Long.parseLong(words[1]), true));
    }

    /// Unsigned reads at byte offsets.
    private static final class Bytes {
        private final byte[] bytes;

        Bytes(byte[] bytes) {
            this.bytes = bytes;
        }

        int size() {
            return bytes.length;
        }

        int at(int index) {
            return bytes[index] & 0xFF;
        }

        boolean has(int from, int... expected) {
            if (from < 0 || from + expected.length > bytes.length) {
                return false;
            }
            for (int i = 0; i < expected.length; i++) {
                if (at(from + i) != expected[i]) {
                    return false;
                }
            }
            return true;
        }

        long big(int from, int count) {
            return number(from, count, false);
        }

        long little(int from, int count) {
            return number(from, count, true);
        }

        long number(int from, int count, boolean little) {
            long value = 0;
            for (int i = 0; i < count; i++) {
                value = value << 8 | at(little ? from + count - 1 - i : from + i);
            }
            return value;
        }
    }
}
