package terrazzo.cli;

import java.util.ArrayList;
import java.util.List;

/// Rows of text in aligned columns, two spaces apart. Columns whose title starts with a blank align to the right.
final class Table {

    private final List<String> titles;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... titles) {
        this.titles = List.of(titles);
    }

    /// @param cells one per column
    void row(String... cells) {
        if (cells.length != titles.size()) {
            throw new IllegalArgumentException("expected " + titles.size() + " cells, got " + cells.length);
        }
        rows.add(List.of(cells));
    }

    int size() {
        return rows.size();
    }

    /// All lines, the titles first, each ended.
    String text() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(titles.stream().map(String::strip).toList());
        lines.addAll(rows);
        int[] widths = new int[titles.size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder cells = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String pad = " ".repeat(widths[i] - line.get(i).length());
                boolean right = titles.get(i).startsWith(" ");
                cells.append(i == 0 ? "" : "  ");
                cells.append(right ? pad + line.get(i) : line.get(i) + pad);
            }
            text.append(cells.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
