package terrazzo.checkpoint.convert;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import terrazzo.checkpoint.HostTensor;
import terrazzo.checkpoint.StateDict;

/// New keys for old ones: the first rule whose pattern is the whole key decides. Keys without a rule are left out.
///
/// @param rules replacement by pattern, in which `$1` is the first group
record KeyRules(Map<Pattern, String> rules) {

    static final KeyRules NONE = new KeyRules(Map.of());

    KeyRules {
        rules = new LinkedHashMap<>(rules);
    }

    KeyRules rename(String pattern, String replacement) {
        Map<Pattern, String> more = new LinkedHashMap<>(rules);
        more.put(Pattern.compile(pattern), replacement);
        return new KeyRules(more);
    }

    /// A rule for keys that stay as they are.
    KeyRules keep(String pattern) {
        return rename(pattern, "$0");
    }

    /// The new key; empty when the old one is left out.
    Optional<String> apply(String key) {
        for (Map.Entry<Pattern, String> rule : rules.entrySet()) {
            Matcher matcher = rule.getKey().matcher(key);
            if (matcher.matches()) {
                return Optional.of(matcher.replaceFirst(rule.getValue()));
            }
        }
        return Optional.empty();
    }

    StateDict apply(StateDict state) {
        return apply(state, (_, tensor) -> tensor);
    }

    /// @param change what becomes of a tensor, by its old key
    StateDict apply(StateDict state, Change change) {
        Map<String, HostTensor> made = new LinkedHashMap<>();
        state.tensors().forEach((key, tensor) -> apply(key).ifPresent(name -> made.put(name, change.of(key, tensor))));
        return new StateDict(made);
    }

    @FunctionalInterface
    interface Change {
        HostTensor of(String key, HostTensor tensor);
    }
}
