package terrazzo.config.eval;

import java.util.List;
import java.util.Optional;
import terrazzo.config.eval.Item.DictItem;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.SourceSpan;

/// The arguments of one call.
record Arguments(List<Item> positional, DictItem keywords, SourceSpan span) {

    /// The argument at `index`.
    Item at(int index) {
        return find(index).orElseThrow(() -> wrongCount(index + 1 + " arguments"));
    }

    Optional<Item> find(int index) {
        return index < positional.size() ? Optional.of(positional.get(index)) : Optional.empty();
    }

    Optional<Item> keyword(String name) {
        return keywords.find(name);
    }

    String text(int index) {
        return Text.str(at(index), span);
    }

    long whole(int index) {
        return Operators.whole(at(index), span);
    }

    /// Checks the number of positional arguments.
    Arguments count(int least, int most) {
        if (positional.size() < least || positional.size() > most) {
            throw wrongCount(least == most ? least + " arguments" : least + " to " + most + " arguments");
        }
        return this;
    }

    private ConfigException wrongCount(String expected) {
        return new ConfigException(span, Complaint.at("").expected(expected).got(Integer.toString(positional.size())));
    }
}
