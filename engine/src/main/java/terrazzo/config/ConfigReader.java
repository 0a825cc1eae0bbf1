package terrazzo.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import terrazzo.config.ConfigSource.FileSource;
import terrazzo.config.ConfigSource.PackedSource;
import terrazzo.config.ConfigSource.TextSource;
import terrazzo.config.eval.Budget;
import terrazzo.config.eval.Evaluator;
import terrazzo.config.syntax.Node.Stmt;
import terrazzo.config.syntax.Parser;
import terrazzo.config.value.Value;
import terrazzo.config.value.Value.DictValue;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.SourceSpan;

/// Reads a config with everything that it inherits from, as mmengine does: bases first, in the order in which they are
/// named, then the config's own variables merged into them.
final class ConfigReader {

    private static final int MAX_DEPTH = 20;
    private static final int MAX_FILES = 200;
    private static final Pattern FILE_VARIABLE =
            Pattern.compile("\\{\\{\\s*(fileDirname|fileBasename|fileBasenameNoExtension|fileExtname)\\s*}}");

    private final List<Object> open = new ArrayList<>();
    private final Budget budget = new Budget();
    private int files;

    DictValue read(ConfigSource source) throws IOException {
        enter(source);
        String text = substitute(source.text(), source);
        DictValue dict = switch (source.extension()) {
            case ".py" -> python(text, source);
            case ".json" -> tree(JsonText.parse(text, source.name()), source);
            case ".yaml", ".yml" -> tree(YamlText.parse(text, source.name()), source);
            default ->
                throw new ConfigException(
                        SourceSpan.none(source.name()),
                        Complaint.at("")
                                .expected("a .py, .json, .yaml or .yml file")
                                .got("'" + source.extension() + "'"));
        };
        open.removeLast();
        return dict;
    }

    private void enter(ConfigSource source) {
        SourceSpan span = SourceSpan.none(source.name());
        if (open.contains(source.identity())) {
            throw new ConfigException(
                    span,
                    Complaint.at("_base_").expected("bases without a circle").got("this config as its own base"));
        }
        files++;
        if (open.size() >= MAX_DEPTH || files > MAX_FILES) {
            throw new ConfigException(
                    span,
                    Complaint.at("_base_")
                            .expected("at most " + MAX_DEPTH + " levels and " + MAX_FILES + " files of bases")
                            .got("more"));
        }
        open.add(source.identity());
    }

    private DictValue python(String text, ConfigSource source) throws IOException {
        List<Stmt> statements = Parser.parse(text, source.name());
        SourceSpan span = statements.isEmpty()
                ? SourceSpan.none(source.name())
                : statements.getFirst().span();
        DictValue base = bases(Evaluator.baseNames(statements, budget), source, span);
        try {
            Evaluator.Result result =
                    Evaluator.evaluate(statements, base, (path, at) -> lazyBase(path, source, at), budget);
            return Merge.into(result.base(), result.own(), span);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private DictValue lazyBase(String path, ConfigSource source, SourceSpan span) {
        try {
            return base(path, source, span);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A JSON or YAML config: its bases stand under `_base_`.
    private DictValue tree(DictValue dict, ConfigSource source) throws IOException {
        SourceSpan span = SourceSpan.none(source.name());
        List<String> names = new ArrayList<>();
        Value bases = dict.entries().getOrDefault(Evaluator.BASE_KEY, new Value.ListValue(List.of()));
        for (Value name : bases instanceof Value.ListValue(var items) ? items : List.of(bases)) {
            if (!(name instanceof Value.Str(var path))) {
                throw new ConfigException(
                        span,
                        Complaint.at(Evaluator.BASE_KEY).expected("file names").got(name.brief()));
            }
            names.add(path);
        }
        DictValue base = bases(names, source, span);
        Map<String, Value> own = new LinkedHashMap<>(dict.entries());
        own.keySet().removeIf(k -> k.startsWith("__") || k.equals(Evaluator.BASE_KEY));
        return Merge.into(base, BaseVariables.substitute(new DictValue(own, dict.spans()), base, span), span);
    }

    private DictValue bases(List<String> names, ConfigSource source, SourceSpan span) throws IOException {
        Map<String, Value> entries = new LinkedHashMap<>();
        Map<String, SourceSpan> spans = new HashMap<>();
        for (String name : names) {
            DictValue base = base(name, source, span);
            for (String key : base.entries().keySet()) {
                if (entries.containsKey(key)) {
                    throw new ConfigException(
                            base.spans().getOrDefault(key, span),
                            Complaint.at("")
                                    .expected("each key in one base only")
                                    .got("'" + key + "' again, first at " + spans.getOrDefault(key, span))
                                    .advice("drop one of the bases of " + source.name()));
                }
            }
            entries.putAll(base.entries());
            spans.putAll(base.spans());
        }
        return new DictValue(entries, spans);
    }

    private DictValue base(String name, ConfigSource source, SourceSpan span) throws IOException {
        ConfigSource base = source.resolve(name, span);
        if (!base.exists()) {
            throw new ConfigException(
                    span,
                    Complaint.at(Evaluator.BASE_KEY).expected("a config").got("nothing at '" + base.name() + "'"));
        }
        return read(base);
    }

    private static String substitute(String text, ConfigSource source) {
        String full = switch (source) {
            case FileSource(var path) ->
                path.toAbsolutePath().normalize().toString().replace('\\', '/');
            case PackedSource _, TextSource _ -> source.name();
        };
        int slash = full.lastIndexOf('/');
        String basename = full.substring(slash + 1);
        int dot = basename.lastIndexOf('.');
        Matcher matcher = FILE_VARIABLE.matcher(text);
        return matcher.replaceAll(m -> Matcher.quoteReplacement(
                switch (m.group(1)) {
                    case "fileDirname" -> full.substring(0, Math.max(slash, 0));
                    case "fileBasename" -> basename;
                    case "fileBasenameNoExtension" -> dot < 0 ? basename : basename.substring(0, dot);
                    default -> dot < 0 ? "" : basename.substring(dot);
                }));
    }
}
