package io.lockkeeper.domain.environment;

import io.lockkeeper.domain.doc.Fields;
import io.lockkeeper.domain.doc.Marked;
import io.lockkeeper.domain.doc.Nearest;
import java.util.List;

/// Reads what `probe` and `clients` say of the service's sessions. Its defaults are those of the contract in `docs/admin-api.md`.
final class SessionReader {
    static final String TOKEN = "/token";

    private final Section section;

    SessionReader(Section section) {
        this.section = section;
    }

    SessionSpec read(Fields fields) {
        return read(fields, section.pointer(fields, "token").orElse(TOKEN));
    }

    /// @param token read by the caller
    SessionSpec read(Fields fields, String token) {
        var hello = fields.scalar("hello").map(Marked.Scalar::text).orElse("{\"hello\":true}");
        var resume = resume(fields);
        var numbered = !fields.scalar("seq").map(Marked.Scalar::text).orElse("").equals("none");
        var seq = numbered ? section.pointer(fields, "seq").orElse("/seq") : null;
        var session = section.pointer(fields, "session").orElse("/session");
        var kind = section.pointer(fields, "kind").orElse("/kind");
        var resumed = fields.text("resumed").orElse("resumed");
        var node = section.pointer(fields, "node").orElse("/node");
        return new SessionSpec(hello, token, resume, seq, session, kind, resumed, node);
    }

    private static Template resume(Fields fields) {
        var template = new Template(fields.text("resume").orElse("?resume={token}&last={last}"));
        var known = List.of("token", "last", "seq");
        template.placeholders().stream().filter(name -> !known.contains(name))
                .forEach(name -> fields.problem(fields.at("resume"), "unknown placeholder {" + name + "}",
                        Nearest.suggestion(name, known)));
        if (!template.placeholders().contains("token")) {
            fields.problem(fields.at("resume"), "\"resume\" must have {token}", "e.g. \"?resume={token}&last={last}\"");
        }
        return template;
    }
}
