package terrazzo.inference.exporters;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// How much of the image each class covers: a CSV of index, class, pixels and percent.
final class ShareTable implements Exporter {

    @Override
    public String ending() {
        return "csv";
    }

    @Override
    public void write(Found found, OutputStream out) throws IOException {
        long[] pixels = new long[256];
        for (byte label : found.labels().asBytes()) {
            pixels[label & 0xFF]++;
        }
        StringBuilder table = new StringBuilder("index,class,pixels,percent\n");
        for (int i = 0; i < found.classes().size(); i++) {
            double percent = 100.0 * pixels[i] / found.labels().size().area();
            table.append(String.format(
                    Locale.ROOT, "%d,%s,%d,%.4f%n", i, quoted(found.classes().get(i)), pixels[i], percent));
        }
        out.write(table.toString().replace(System.lineSeparator(), "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String quoted(String text) {
        return text.matches("[^\",\\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
