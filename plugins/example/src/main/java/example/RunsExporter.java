package example;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import terrazzo.inference.exporters.Exporter;

/// Writes a label map as runs of equal pixels, row by row: one line `LENGTH CLASS` each, after a line with the size.
final class RunsExporter implements Exporter {

    @Override
    public String ending() {
        return "txt";
    }

    @Override
    public void write(Found found, OutputStream out) throws IOException {
        byte[] labels = found.labels().asBytes();
        StringBuilder lines = new StringBuilder();
        lines.append(found.labels().size().width()).append(' ');
        lines.append(found.labels().size().height()).append('\n');
        int start = 0;
        for (int i = 1; i <= labels.length; i++) {
            if (i == labels.length || labels[i] != labels[start]) {
                lines.append(i - start)
                        .append(' ')
                        .append(name(found, labels[start] & 0xFF))
                        .append('\n');
                start = i;
            }
        }
        out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String name(Found found, int label) {
        return label < found.classes().size() ? found.classes().get(label) : "unlabelled";
    }
}
