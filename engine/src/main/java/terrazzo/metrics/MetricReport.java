package terrazzo.metrics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a metric found.
///
/// @param summary figures over all classes by the reference's names (`aAcc`, `mIoU`, …), in percent, two decimals
/// @param classes names of the classes, the rows of `perClass`
/// @param perClass column name (`IoU`, `Acc`, …) to one figure per class, in percent, two decimals, NaN for none
public record MetricReport(Map<String, Double> summary, List<String> classes, Map<String, List<Double>> perClass) {

    public MetricReport {
        summary = Collections.unmodifiableMap(new LinkedHashMap<>(summary));
        classes = List.copyOf(classes);
        perClass = Collections.unmodifiableMap(new LinkedHashMap<>(perClass));
    }

    /// The figures per class as the reference's log draws them: a frame of `+`, `-` and `|`, cells centred.
    public String table() {
        List<List<String>> columns = new ArrayList<>();
        columns.add(column("Class", classes));
        perClass.forEach((name, values) ->
                columns.add(column(name, values.stream().map(MetricReport::text).toList())));
        StringBuilder table = new StringBuilder();
        String rule = rule(columns);
        table.append(rule);
        for (int row = 0; row <= classes.size(); row++) {
            for (List<String> column : columns) {
                table.append("| ")
                        .append(centre(column.get(row), width(column)))
                        .append(' ');
            }
            table.append("|\n").append(row == 0 ? rule : "");
        }
        return table.append(rule).toString().stripTrailing();
    }

    private static String text(double value) {
        return Double.isNaN(value) ? "nan" : Double.toString(value);
    }

    private static List<String> column(String title, List<String> cells) {
        List<String> column = new ArrayList<>();
        column.add(title);
        column.addAll(cells);
        return column;
    }

    private static int width(List<String> column) {
        return column.stream().mapToInt(String::length).max().orElse(0);
    }

    private static String rule(List<List<String>> columns) {
        StringBuilder rule = new StringBuilder();
        columns.forEach(column -> rule.append('+').append("-".repeat(width(column) + 2)));
        return rule.append("+\n").toString();
    }

    /// An odd blank goes right of a text of odd length and left of one of even length.
    private static String centre(String text, int width) {
        int blanks = width - text.length();
        int left = blanks / 2 + (blanks % 2 == 1 && text.length() % 2 == 0 ? 1 : 0);
        return " ".repeat(left) + text + " ".repeat(blanks - left);
    }
}
