package io.lockkeeper.domain.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/// Which series of a page are meant, written as in PromQL: `name`, `name{label="value", other=~"a|b"}`, or `{"name in quotes", label!="x"}`.
///
/// @param name of the samples, with `_total`, `_sum`, `_bucket` and the like
public record Selector(String name, List<LabelMatcher> matchers) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_:][A-Za-z0-9_:]*");

    public Selector {
        matchers = List.copyOf(matchers);
    }

    /// What is wrong with a text that is no selector.
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;
        private final String why;

        Unreadable(String why) {
            super(why);
            this.why = why;
        }

        public String why() {
            return why;
        }
    }

    public static Selector parse(String text) throws Unreadable {
        return new Parser(text).selector();
    }

    public boolean matches(Map<String, String> labels) {
        for (var matcher : matchers) {
            if (!matcher.matches(labels.getOrDefault(matcher.label(), ""))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        var conditions = matchers.stream().map(LabelMatcher::toString).collect(Collectors.joining(","));
        return name + (conditions.isEmpty() ? "" : "{" + conditions + "}");
    }

    private static final class Parser {
        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        Selector selector() throws Unreadable {
            skipBlanks();
            var name = isNext('{') ? "" : word();
            var matchers = new ArrayList<LabelMatcher>();
            skipBlanks();
            if (isNext('{')) {
                at++;
                name = inBraces(name, matchers);
            }
            skipBlanks();
            if (at < text.length()) {
                throw expected(text.charAt(at) == '['
                        ? "nothing more: the range is the window, and is not written here"
                        : "nothing more: a selector is a name and labels, and functions are for promql sources");
            }
            if (name.isEmpty()) {
                throw new Unreadable("it names no metric");
            }
            return new Selector(name, matchers);
        }

        private String inBraces(String before, List<LabelMatcher> matchers) throws Unreadable {
            var name = before;
            skipBlanks();
            while (!isNext('}')) {
                var label = isNext('"') ? quoted() : word();
                skipBlanks();
                if (name.isEmpty() && matchers.isEmpty() && (isNext(',') || isNext('}'))) {
                    name = label;
                } else {
                    matchers.add(matcher(label));
                }
                skipBlanks();
                if (isNext(',')) {
                    at++;
                    skipBlanks();
                } else if (!isNext('}')) {
                    throw expected("',' or '}'");
                }
            }
            at++;
            return name;
        }

        private LabelMatcher matcher(String label) throws Unreadable {
            LabelMatcher.Way way = null;
            for (var one : LabelMatcher.Way.values()) {
                if (text.startsWith(one.sign(), at) && (way == null || one.sign().length() > way.sign().length())) {
                    way = one;
                }
            }
            if (way == null) {
                throw expected("=, !=, =~ or !~ after label " + label);
            }
            at += way.sign().length();
            skipBlanks();
            if (!isNext('"')) {
                throw expected("a value in double quotes for label " + label);
            }
            var value = quoted();
            try {
                return new LabelMatcher(label, way, value);
            } catch (PatternSyntaxException e) {
                throw new Unreadable("the pattern of label " + label + " is none: " + e.getDescription());
            }
        }

        private String word() throws Unreadable {
            var match = NAME.matcher(text).region(at, text.length());
            if (!match.lookingAt()) {
                throw expected("a name");
            }
            at = match.end();
            return match.group();
        }

        private String quoted() throws Unreadable {
            at++;
            var value = new StringBuilder();
            while (at < text.length() && text.charAt(at) != '"') {
                char next = text.charAt(at++);
                if (next == '\\' && at < text.length()) {
                    char escaped = text.charAt(at++);
                    value.append(escaped == 'n' ? "\n" : escaped == '"' || escaped == '\\' ? "" + escaped : "\\" + escaped);
                } else {
                    value.append(next);
                }
            }
            if (at >= text.length()) {
                throw expected("a closing \"");
            }
            at++;
            return value.toString();
        }

        private boolean isNext(char one) {
            return at < text.length() && text.charAt(at) == one;
        }

        private void skipBlanks() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }

        private Unreadable expected(String what) {
            return new Unreadable("at character " + (at + 1) + ", expected " + what);
        }
    }
}
