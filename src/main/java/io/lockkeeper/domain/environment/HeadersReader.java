package io.lockkeeper.domain.environment;

import io.lockkeeper.domain.doc.Fields;
import io.lockkeeper.domain.doc.Marked;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/// Reads `headers`: each a text, or a secret.
final class HeadersReader {
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    /// What these hold is a secret, whatever it looks like.
    private static final Pattern SECRET_HEADER = Pattern
            .compile("authorization|proxy-authorization|cookie|.*(token|secret|passw|api-?key|credential).*");
    /// They are the connection's own.
    private static final Set<String> FIXED = Set.of("connection", "content-length", "expect", "host", "transfer-encoding",
            "upgrade");

    /// @param plain what is no secret, by header
    /// @param secret where the value of a header is to be found
    record Headers(SortedMap<String, String> plain, SortedMap<String, SecretRef> secret) {}

    private final Section section;
    private final Set<String> fixed = new HashSet<>(FIXED);
    private final BiPredicate<Fields, String> goodText;

    /// @param ours header names, in lower case, that are sent by ourselves
    /// @param goodText whether the text of the header with that name is one; says what is wrong with it
    HeadersReader(Section section, Set<String> ours, BiPredicate<Fields, String> goodText) {
        this.section = section;
        this.fixed.addAll(ours);
        this.goodText = goodText;
    }

    Headers read(Fields fields) {
        var headers = new Headers(new TreeMap<>(), new TreeMap<>());
        fields.fields("headers").ifPresent(inner -> {
            inner.keys().forEach(key -> header(inner, key, headers));
            inner.done();
        });
        return headers;
    }

    private void header(Fields inner, Marked.Scalar key, Headers headers) {
        var name = key.text();
        var lower = name.toLowerCase(Locale.ROOT);
        if (!HEADER.matcher(name).matches() || fixed.contains(lower)) {
            inner.value(name);
            inner.problem(key.at(), "\"" + name + "\" cannot be set as a header", "");
        } else if (inner.value(name).orElse(null) instanceof Marked.Mapping || SECRET_HEADER.matcher(lower).matches()) {
            section.secret(inner, name).ifPresent(ref -> headers.secret().put(name, ref));
        } else {
            inner.text(name).ifPresent(text -> {
                if (text.chars().anyMatch(c -> c < ' ' || c >= 0x7f)) {
                    inner.problem(inner.at(name), "header " + name + " has characters that a header cannot carry", "");
                } else if (goodText.test(inner, name)) {
                    headers.plain().put(name, text);
                }
            });
        }
    }
}
