package terrazzo.config.value;

import java.math.BigDecimal;

/// Scalars as Python's `repr` writes them.
public final class PythonText {

    private PythonText() {}

    /// The text that a Python config would hold for `value`.
    ///
    /// @throws IllegalArgumentException when `value` is a list, tuple or dict
    public static String scalar(Value value) {
        return switch (value) {
            case Value.None _ -> "None";
            case Value.Bool(var b) -> b ? "True" : "False";
            case Value.Int(var i) -> Long.toString(i);
            case Value.Real(var d) -> real(d);
            case Value.Str(var s) -> quote(s);
            case Value.ListValue _, Value.TupleValue _, Value.DictValue _ ->
                throw new IllegalArgumentException(value.typeName() + " is not a scalar");
        };
    }

    /// The shortest digits that read back as `value`: `0.01`, `1e-05`, `1e+16`, `inf`.
    public static String real(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        String digits = exact.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - exact.scale();
        String sign = value < 0 ? "-" : "";
        if (exponent < -4 || exponent >= 16) { // where Python's repr changes its notation
            String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
            String power = (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
            return sign + digits.charAt(0) + fraction + "e" + power;
        }
        String plain = exact.abs().toPlainString();
        return sign + plain + (plain.contains(".") ? "" : ".0");
    }

    /// `text` in quotes, with escapes for what could not stand in one line.
    public static String quote(String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        StringBuilder out = new StringBuilder(text.length() + 2).append(quote);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c == quote) {
                        out.append('\\').append(c);
                    } else if (c < 0x20 || c == 0x7F) {
                        out.append("\\x%02x".formatted((int) c));
                    } else if (Character.isSurrogate(c) && !paired(text, i)) {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append(quote).toString();
    }

    private static boolean paired(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
                : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }
}
