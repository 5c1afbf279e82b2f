package io.lockkeeper.domain.environment;

import io.lockkeeper.domain.doc.Fields;
import io.lockkeeper.domain.doc.Marked;
import io.lockkeeper.domain.doc.Nearest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Reads `probe`. Its defaults are those of the contract in `docs/admin-api.md`.
final class ProbeReader {
    private static final Duration HANDSHAKE = Duration.ofSeconds(5);
    private static final Duration MESSAGE = Duration.ofSeconds(3);

    private final Section section;

    ProbeReader(Section section) {
        this.section = section;
    }

    Optional<ProbeSpec> read(Fields top) {
        return top.fields("probe").flatMap(fields -> {
            var url = section.addresses(fields, "url", "ws", "wss");
            var hello = fields.scalar("hello").map(Marked.Scalar::text).orElse("{\"hello\":true}");
            var token = section.pointer(fields, "token").orElse("/token");
            var resume = resume(fields);
            var numbered = !fields.scalar("seq").map(Marked.Scalar::text).orElse("").equals("none");
            var seq = numbered ? section.pointer(fields, "seq").orElse("/seq") : null;
            var session = section.pointer(fields, "session").orElse("/session");
            var kind = section.pointer(fields, "kind").orElse("/kind");
            var resumed = fields.text("resumed").orElse("resumed");
            var node = section.pointer(fields, "node").orElse("/node");
            var handshake = section.duration(fields, "handshake", HANDSHAKE);
            var message = section.duration(fields, "message", MESSAGE);
            fields.done();
            return url.map(at -> new ProbeSpec(at, hello, token, resume, seq, session, kind, resumed, node, handshake, message));
        });
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
