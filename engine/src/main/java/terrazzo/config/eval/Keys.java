package terrazzo.config.eval;

import java.util.List;
import terrazzo.config.eval.Item.DictItem;
import terrazzo.config.eval.Item.Function;
import terrazzo.config.eval.Item.ListItem;
import terrazzo.config.eval.Item.Method;
import terrazzo.config.eval.Item.Scalar;
import terrazzo.config.eval.Item.TupleItem;
import terrazzo.config.value.Value;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.SourceSpan;

/// Dict keys as Python compares them: `1`, `1.0` and `True` are one key.
final class Keys {

    private Keys() {}

    /// An object that equals another key's exactly when Python calls both the same key; texts are themselves.
    static Object of(Item key, SourceSpan span) {
        return switch (key) {
            case Scalar(var value) ->
                switch (value) {
                    case Value.None _ -> value;
                    case Value.Bool(var b) -> b ? 1L : 0L;
                    case Value.Int(var i) -> i;
                    case Value.Real(var d) when d == Math.rint(d) && Math.abs(d) < 1e15 -> (long) d;
                    case Value.Real(var d) -> d;
                    case Value.Str(var s) -> s;
                    case Value.ListValue _, Value.TupleValue _, Value.DictValue _ -> throw unfit(key, span);
                };
            case TupleItem(var items) -> {
                List<Object> parts = items.stream().map(i -> of(i, span)).toList();
                yield parts;
            }
            case ListItem _, DictItem _, Function _, Method _ -> throw unfit(key, span);
        };
    }

    private static ConfigException unfit(Item key, SourceSpan span) {
        return new ConfigException(
                span,
                Complaint.at("").expected("text, a number or a tuple as key").got(key.typeName()));
    }
}
