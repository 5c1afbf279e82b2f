package io.lockkeeper.adapter.yaml;

import io.lockkeeper.domain.doc.Mark;
import io.lockkeeper.domain.doc.Marked;
import io.lockkeeper.domain.doc.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads YAML text into [Marked] values. The subset is what a reviewer can read without surprises: one document, no anchors, no tags, no
/// key twice. Everything wrong is reported with its place; nothing is guessed.
public final class YamlText {
    private static final int LARGEST = 1 << 20;
    private static final int DEEPEST = 50;
    private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");

    /// @param root empty when the text could not be read to its end, or says nothing
    public record Composed(Optional<Marked> root, List<Problem> problems) {}

    private final String file;
    private final String[] lines;
    private final List<Problem> problems = new ArrayList<>();

    private YamlText(String file, String text) {
        this.file = file;
        this.lines = LINE_END.split(text, -1);
    }

    /// @param file the name for marks, as the operator knows it
    public static Composed compose(String file, String text) {
        var yaml = new YamlText(file, text);
        var root = yaml.read(text);
        yaml.problems.sort(Comparator.comparing(Problem::at));
        return new Composed(Optional.ofNullable(root), List.copyOf(yaml.problems));
    }

    private @Nullable Marked read(String text) {
        var start = new Mark(file, 1, 1);
        if (text.length() > LARGEST) {
            problems.add(Problem.error(start, "the file is larger than 1 MiB",
                    "runbooks and environments are small; is this the right file?"));
            return null;
        }
        boolean halfCharacter = text.codePoints()
                .anyMatch(one -> one >= Character.MIN_SURROGATE && one <= Character.MAX_SURROGATE);
        if (halfCharacter || text.indexOf('\uFFFD') >= 0) {
            problems.add(Problem.error(start, "the file is not UTF-8", "save it as UTF-8"));
            return null;
        }
        try {
            var settings = LoadSettings.builder().setLabel(file).setCodePointLimit(LARGEST).setBufferSize(text.length() + 2)
                    .build(); // in one piece: the library stumbles over a character of two units at the end of a piece
            return document(new Parse(settings).parseString(text).iterator(), start);
        } catch (MarkedYamlEngineException e) {
            var mark = e.getProblemMark().map(this::at).orElse(start);
            problems.add(Problem.error(mark, "not readable as YAML: " + e.getProblem(), hint(String.valueOf(e.getProblem()))));
            return null;
        } catch (TooDeep e) {
            problems.add(Problem.error(e.at, "nested deeper than " + DEEPEST + " levels", "is this the right file?"));
            return null;
        } catch (YamlEngineException e) {
            problems.add(Problem.error(start, "not readable as YAML: " + firstLine(String.valueOf(e.getMessage())), ""));
            return null;
        }
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }

    private static String hint(String problem) {
        if (problem.contains("'\\t'") || problem.contains("TAB")) {
            return "indent with spaces, not with tabs";
        }
        return problem.contains("mapping values are not allowed") ? "put the text in quotes if it contains a colon" : "";
    }

    private @Nullable Marked document(Iterator<Event> events, Mark start) {
        Marked root = null;
        int documents = 0;
        while (events.hasNext()) {
            var event = events.next();
            if (event instanceof DocumentStartEvent) {
                documents++;
                if (documents > 1) {
                    problems.add(Problem.error(at(event), "a second document begins here",
                            "one file holds one document; remove the ---"));
                }
            } else if (event instanceof NodeEvent node) {
                var value = value(node, events, 0);
                root = root == null ? value : root;
            }
        }
        if (root == null || (root instanceof Marked.Scalar scalar && scalar.text().isEmpty())) {
            problems.add(Problem.error(start, "the file is empty", "it begins with lockkeeper: 1"));
            return null;
        }
        return root;
    }

    private Mark at(Event event) {
        return event.getStartMark().map(this::at).orElse(new Mark(file, 1, 1));
    }

    /// The parser counts on past the end of a file whose last line has none, and line ends that no editor shows: a mark is where
    /// something stands.
    private Mark at(org.snakeyaml.engine.v2.exceptions.Mark mark) {
        int line = Math.clamp(mark.getLine(), 0, lines.length - 1);
        return new Mark(file, line + 1, Math.clamp(mark.getColumn(), 0, lines[line].length()) + 1);
    }

    private Marked value(NodeEvent event, Iterator<Event> events, int depth) {
        var at = at(event);
        if (event instanceof AliasEvent alias) {
            problems.add(Problem.error(at, "alias *" + alias.getAlias().getValue() + " is not allowed", "write the value out"));
            return new Marked.Scalar("", false, at);
        }
        event.getAnchor().ifPresent(anchor -> problems.add(Problem.error(at, "anchor &" + anchor.getValue() + " is not allowed",
                "remove it and write values out where they are used")));
        return switch (event) {
            case ScalarEvent scalar -> scalar(scalar, at);
            case SequenceStartEvent sequence -> {
                tag(sequence.getTag(), at);
                yield sequence(events, at, depth);
            }
            case MappingStartEvent mapping -> {
                tag(mapping.getTag(), at);
                yield mapping(events, at, depth);
            }
            default -> throw new YamlEngineException("unexpected " + event.getEventId());
        };
    }

    private void tag(Optional<String> tag, Mark at) {
        tag.ifPresent(name -> problems
                .add(Problem.error(at, "tag " + name + " is not allowed", "remove it; the schema gives every value its type")));
    }

    private Marked scalar(ScalarEvent scalar, Mark at) {
        tag(scalar.getTag(), at);
        return new Marked.Scalar(scalar.getValue(), scalar.getScalarStyle() != ScalarStyle.PLAIN, at);
    }

    private Marked sequence(Iterator<Event> events, Mark at, int depth) {
        tooDeep(depth, at);
        var items = new ArrayList<Marked>();
        for (var event = events.next(); !(event instanceof SequenceEndEvent); event = events.next()) {
            items.add(value((NodeEvent) event, events, depth + 1));
        }
        return new Marked.Sequence(List.copyOf(items), at);
    }

    private Marked mapping(Iterator<Event> events, Mark at, int depth) {
        tooDeep(depth, at);
        var entries = new LinkedHashMap<Marked.Scalar, Marked>();
        Map<String, Mark> seen = new HashMap<>();
        for (var event = events.next(); !(event instanceof MappingEndEvent); event = events.next()) {
            var key = value((NodeEvent) event, events, depth + 1);
            var value = value((NodeEvent) events.next(), events, depth + 1);
            if (!(key instanceof Marked.Scalar scalar)) {
                problems.add(Problem.error(key.at(), "a key must be plain text", ""));
                continue;
            }
            var before = seen.putIfAbsent(scalar.text(), scalar.at());
            if (before == null) {
                entries.put(scalar, value);
            } else {
                problems.add(Problem.error(scalar.at(), "key \"" + scalar.text() + "\" stands here a second time",
                        "the first is at line " + before.line() + "; keep one"));
            }
        }
        return new Marked.Mapping(Collections.unmodifiableMap(entries), at);
    }

    private void tooDeep(int depth, Mark at) {
        if (depth > DEEPEST) {
            throw new TooDeep(at);
        }
    }

    private static final class TooDeep extends YamlEngineException {
        private static final long serialVersionUID = 1L;
        private final transient Mark at;

        TooDeep(Mark at) {
            super("too deep");
            this.at = at;
        }
    }
}
