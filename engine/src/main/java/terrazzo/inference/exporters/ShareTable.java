package terrazzo.inference.exporters;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import terrazzo.core.image.LabelCounts;

/// How much of the image each class covers: a CSV of index, class, pixels and percent.
final class ShareTable implements StripExporter {

    @Override
    public String ending() {
        return "csv";
    }

    @Override
    public void write(Strips found, OutputStream out) throws IOException {
        LabelCounts counts = new LabelCounts();
        found.labels().strips().forEach(counts::add);
        StringBuilder table = new StringBuilder("index,class,pixels,percent\n");
        for (int i = 0; i < found.classes().size(); i++) {
            table.append(String.format(
                    Locale.ROOT,
                    "%d,%s,%d,%.4f\n",
                    i,
                    quoted(found.classes().get(i)),
                    counts.pixels(i),
                    counts.percent(i)));
        }
        out.write(table.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String quoted(String text) {
        return text.matches("[^\",\\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
