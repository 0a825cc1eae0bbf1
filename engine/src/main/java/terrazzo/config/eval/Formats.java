package terrazzo.config.eval;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import terrazzo.config.eval.Item.DictItem;
import terrazzo.config.eval.Item.TupleItem;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.SourceSpan;

/// Python's three ways to print values into texts: f-strings, `str.format` and `%`.
final class Formats {

    private static final Pattern SPEC =
            Pattern.compile("(?:(?<fill>.)?(?<align>[<>^=]))?(?<sign>[+ -])?(?<zero>0)?(?<width>\\d{1,3})?(?<comma>,)?"
                    + "(?:\\.(?<precision>\\d{1,2}))?(?<type>[sdfFeEgGx%])?");
    private static final Pattern PERCENT = Pattern.compile("%(?:\\((?<key>[^)]*)\\))?(?<flags>[-+0"
            + " ]*)(?<width>\\d{1,3})?(?:\\.(?<precision>\\d{1,2}))?(?<type>[sridfFeEgGx%])");
    private static final Pattern FIELD =
            Pattern.compile("(?<name>[^:!.\\[]*)(?<path>[^:!]*)(?:!(?<conversion>[rs]))?(?::(?<spec>.*))?");

    private Formats() {}

    /// `format(item, spec)`.
    static String format(Item item, String spec, SourceSpan span) {
        if (spec.isEmpty()) {
            return Text.str(item, span);
        }
        Matcher m = SPEC.matcher(spec);
        if (!m.matches()) {
            throw error(span, "a format such as '03d', '.2f' or '>8'", "'" + spec + "'");
        }
        String type = or(m.group("type"), "");
        String digits = m.group("precision");
        String body;
        boolean number = Operators.isNumber(item) && !type.equals("s");
        if (!number) {
            if (!type.isEmpty() && !type.equals("s")) {
                throw error(span, "a number for the format '" + spec + "'", item.typeName());
            }
            String text = Text.str(item, span);
            body = digits == null ? text : text.substring(0, Math.min(text.length(), Integer.parseInt(digits)));
        } else {
            body = number(item, type, digits == null ? -1 : Integer.parseInt(digits), span);
            if (m.group("comma") != null) {
                body = grouped(body);
            }
            if (!body.startsWith("-")
                    && m.group("sign") != null
                    && !m.group("sign").equals("-")) {
                body = m.group("sign") + body;
            }
        }
        int width = m.group("width") == null ? 0 : Integer.parseInt(m.group("width"));
        boolean zero = m.group("zero") != null;
        String align = or(m.group("align"), zero && number ? "=" : number ? ">" : "<");
        char fill = or(m.group("fill"), zero ? "0" : " ").charAt(0);
        return padded(body, align, fill, width);
    }

    private static String or(@Nullable String text, String otherwise) {
        return text == null ? otherwise : text;
    }

    private static String padded(String body, String align, char fill, int width) {
        int missing = width - body.length();
        if (missing <= 0) {
            return body;
        }
        String fills = String.valueOf(fill);
        return switch (align) {
            case "<" -> body + fills.repeat(missing);
            case "^" -> fills.repeat(missing / 2) + body + fills.repeat(missing - missing / 2);
            case "=" -> {
                int sign = body.startsWith("-") || body.startsWith("+") || body.startsWith(" ") ? 1 : 0;
                yield body.substring(0, sign) + fills.repeat(missing) + body.substring(sign);
            }
            default -> fills.repeat(missing) + body;
        };
    }

    private static String number(Item item, String type, int precision, SourceSpan span) {
        boolean whole = Operators.isWhole(item);
        return switch (type) {
            case "d" -> Long.toString(Operators.whole(item, span));
            case "x" -> Long.toHexString(Operators.whole(item, span));
            case "f", "F" -> fixed(Operators.real(item, span), precision < 0 ? 6 : precision);
            case "%" -> fixed(Operators.real(item, span) * 100, precision < 0 ? 6 : precision) + "%";
            case "e", "E" -> scientific(Operators.real(item, span), precision < 0 ? 6 : precision, type);
            case "g", "G" -> general(Operators.real(item, span), precision < 0 ? 6 : Math.max(1, precision), type);
            default ->
                whole
                        ? Long.toString(Operators.whole(item, span))
                        : precision < 0
                                ? Text.str(item, span)
                                : general(Operators.real(item, span), Math.max(1, precision), "g");
        };
    }

    private static String fixed(double value, int digits) {
        return Double.isFinite(value)
                ? new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).toPlainString()
                : special(value);
    }

    private static String special(double value) {
        return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
    }

    private static String scientific(double value, int digits, String letter) {
        if (!Double.isFinite(value)) {
            return special(value);
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits + 1, RoundingMode.HALF_EVEN));
        int exponent = rounded.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
        String mantissa = rounded.movePointLeft(exponent)
                .setScale(digits, RoundingMode.HALF_EVEN)
                .toPlainString();
        String power = (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
        return mantissa + letter + power;
    }

    private static String general(double value, int digits, String letter) {
        if (!Double.isFinite(value) || value == 0) {
            return value == 0 ? "0" : special(value);
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= -4 && exponent < digits) {
            BigDecimal plain = rounded.stripTrailingZeros();
            return plain.scale() < 0 ? plain.setScale(0).toPlainString() : plain.toPlainString();
        }
        String text = scientific(value, digits - 1, letter.equals("G") ? "E" : "e");
        int at = Math.max(text.indexOf('e'), text.indexOf('E'));
        String mantissa = text.substring(0, at);
        return (mantissa.contains(".") ? mantissa.replaceAll("0+$", "").replaceAll("\\.$", "") : mantissa)
                + text.substring(at);
    }

    private static String grouped(String number) {
        int start = number.startsWith("-") ? 1 : 0;
        int point = number.indexOf('.') < 0 ? number.length() : number.indexOf('.');
        StringBuilder out = new StringBuilder(number);
        for (int at = point - 3; at > start; at -= 3) {
            out.insert(at, ',');
        }
        return out.toString();
    }

    /// `text.zfill(width)`.
    static String zeros(String text, int width) {
        return padded(text, "=", '0', width);
    }

    /// `format.format(…)`.
    static String braces(String format, Arguments arguments) {
        StringBuilder out = new StringBuilder();
        SourceSpan span = arguments.span();
        int next = 0;
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            boolean twice = i + 1 < format.length() && format.charAt(i + 1) == c;
            if (c != '{' && c != '}') {
                out.append(c);
            } else if (twice) {
                out.append(c);
                i++;
            } else {
                int end = format.indexOf('}', i);
                Matcher field = FIELD.matcher(format.substring(i + 1, Math.max(end, i + 1)));
                if (c == '}'
                        || end < 0
                        || !field.matches()
                        || !field.group("path").isEmpty()) {
                    throw error(span, "fields such as '{}', '{0}' or '{name:.2f}'", "'" + format + "'");
                }
                String name = field.group("name");
                Item value = name.isEmpty() ? arguments.at(next++) : argument(name, arguments);
                boolean repr = "r".equals(field.group("conversion"));
                out.append(format(repr ? Item.text(Text.repr(value, span)) : value, or(field.group("spec"), ""), span));
                i = end;
            }
            bound(out, span);
        }
        return out.toString();
    }

    private static Item argument(String name, Arguments arguments) {
        return name.matches("\\d{1,4}")
                ? arguments.at(Integer.parseInt(name))
                : arguments
                        .keyword(name)
                        .orElseThrow(() -> error(arguments.span(), "an argument '" + name + "'", "none"));
    }

    /// `format % values`.
    static String percent(String format, Item values, SourceSpan span) {
        List<Item> items = values instanceof TupleItem(var tuple) ? tuple : List.of(values);
        StringBuilder out = new StringBuilder();
        Matcher m = PERCENT.matcher(format);
        int used = 0;
        int at = 0;
        for (int open = format.indexOf('%'); open >= 0; open = format.indexOf('%', at)) {
            out.append(format, at, open);
            if (!m.region(open, format.length()).lookingAt()) {
                throw error(span, "a field such as '%s', '%d' or '%.2f'", "'" + format.substring(open) + "'");
            }
            at = m.end();
            if (m.group("type").equals("%")) {
                out.append('%');
                continue;
            }
            Item item;
            if (m.group("key") != null && values instanceof DictItem dict) {
                String key = m.group("key");
                item = dict.find(key).orElseThrow(() -> error(span, "a key '" + key + "'", "none"));
            } else if (used < items.size()) {
                item = items.get(used++);
            } else {
                throw error(span, "a value for every '%'", Integer.toString(items.size()));
            }
            out.append(percentField(m, item, span));
            bound(out, span);
        }
        if (used < items.size() && !(values instanceof DictItem)) {
            throw error(span, used + " values for '%'", Integer.toString(items.size()));
        }
        return out.append(format.substring(at)).toString();
    }

    private static String percentField(Matcher m, Item item, SourceSpan span) {
        String type = m.group("type");
        String flags = m.group("flags");
        Item shown = item;
        if (type.equals("s") || type.equals("r")) {
            shown = Item.text(type.equals("s") ? Text.str(item, span) : Text.repr(item, span));
            type = "s";
        } else if (type.equals("d") || type.equals("i")) {
            shown = Item.integer((long) Operators.real(item, span));
            type = "d";
        }
        String sign = flags.contains("+") ? "+" : flags.contains(" ") ? " " : "";
        String align = flags.contains("-") ? "<" : flags.contains("0") && !type.equals("s") ? "" : ">";
        String zero = align.isEmpty() ? "0" : "";
        String precision = m.group("precision") == null || type.equals("d") ? "" : "." + m.group("precision");
        return format(shown, align + sign + zero + or(m.group("width"), "") + precision + type, span);
    }

    private static void bound(StringBuilder out, SourceSpan span) {
        if (out.length() > Budget.MAX_LENGTH) {
            throw error(span, "a text of at most " + Budget.MAX_LENGTH + " characters", "more");
        }
    }

    private static ConfigException error(SourceSpan span, String expected, String got) {
        return new ConfigException(span, Complaint.at("").expected(expected).got(got));
    }
}
