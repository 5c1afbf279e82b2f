package io.lockkeeper.domain.environment;

import io.lockkeeper.domain.doc.Fields;
import java.time.Duration;
import java.util.Optional;

/// Reads `probe`.
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
            var session = new SessionReader(section).read(fields);
            var handshake = section.duration(fields, "handshake", HANDSHAKE);
            var message = section.duration(fields, "message", MESSAGE);
            fields.done();
            return url.map(at -> new ProbeSpec(at, session, handshake, message));
        });
    }
}
