package io.lockkeeper.domain.environment;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Text with `{placeholders}`: a letter, then letters, digits, `-` and `_`. Other braces are literal, so that JSON can be a template.
public record Template(String text) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z][A-Za-z0-9_-]*)}");

    /// Names in the order they come.
    public Set<String> placeholders() {
        var names = new LinkedHashSet<String>();
        PLACEHOLDER.matcher(text).results().forEach(match -> names.add(match.group(1)));
        return names;
    }

    /// Puts the values in; a placeholder without a value stays as written.
    public String fill(Map<String, String> values) {
        return PLACEHOLDER.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(values.getOrDefault(match.group(1), match.group())));
    }
}
