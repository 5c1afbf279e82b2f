package io.lockkeeper.domain.environment;

import io.lockkeeper.domain.doc.Fields;
import io.lockkeeper.domain.doc.Marked;
import io.lockkeeper.domain.environment.ClientsSpec.Heartbeat;
import io.lockkeeper.domain.link.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads `clients`.
final class ClientsReader {
    private static final Duration HANDSHAKE = Duration.ofSeconds(10);
    private static final Duration MESSAGE = Duration.ofSeconds(5);
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(15);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(5));
    private static final int SENTINELS = 10;
    private static final int MOST = 100_000;
    private static final int CYCLES_PER_MINUTE = 6;
    private static final int MOST_CYCLES_PER_MINUTE = 6_000;
    private static final Pattern SUBPROTOCOL = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    static final Set<String> OF_THE_HANDSHAKE = Set.of("sec-websocket-key", "sec-websocket-version",
            "sec-websocket-protocol", "sec-websocket-extensions", "sec-websocket-accept");

    private final Section section;
    private final Map<String, Map<String, String>> nodes;

    /// @param nodes by name: their values for templates
    ClientsReader(Section section, Map<String, Map<String, String>> nodes) {
        this.section = section;
        this.nodes = nodes;
    }

    Optional<ClientsSpec> read(Fields top) {
        return top.fields("clients").flatMap(this::clients);
    }

    private Optional<ClientsSpec> clients(Fields fields) {
        fields.required("url");
        var url = section.address(fields, "url", "ws", "wss");
        var headers = new HeadersReader(section, OF_THE_HANDSHAKE, (_, _) -> true).read(fields);
        var subprotocols = subprotocols(fields);
        boolean resumable = !fields.scalar("token").map(Marked.Scalar::text).orElse("").equals("none");
        var probes = new ProbesReader(section, nodes).read(fields, url.orElse(null), headers, resumable).orElse(null);
        var authority = authority(fields, url.orElse("wss:"), probes);
        var session = new SessionReader(section).read(fields,
                resumable ? section.pointer(fields, "token").orElse(SessionReader.TOKEN) : SessionReader.TOKEN);
        var version = section.pointer(fields, "version").orElse("/version");
        var handshake = section.duration(fields, "handshake", HANDSHAKE);
        var message = section.duration(fields, "message", MESSAGE);
        var heartbeat = heartbeat(fields);
        var silence = section.duration(fields, "silence", SILENCE);
        if (every(heartbeat).compareTo(silence) >= 0) {
            fields.problem(fields.at("silence"), "\"silence\" must be longer than the time between two heartbeats",
                    "three times as long leaves room for two that are lost");
        }
        int sentinels = count(fields, "sentinels", SENTINELS, 0, MOST);
        var cyclers = fields.fields("cyclers");
        int cyclerCount = cyclers.map(inner -> count(inner, "count", 1, 1, MOST)).orElse(0);
        int cycles = cyclers.map(inner -> count(inner, "perMinute", CYCLES_PER_MINUTE, 1, MOST_CYCLES_PER_MINUTE))
                .orElse(CYCLES_PER_MINUTE);
        cyclers.ifPresent(Fields::done);
        var backoff = backoff(fields);
        boolean watch = fields.truth("watch").orElse(true);
        var controls = new ControlsReader(section, url.orElse("")).read(fields);
        fields.done();
        if (sentinels + cyclerCount == 0) {
            fields.problem(fields.at(), "there is not one client",
                    "give \"sentinels\" or \"cyclers\" a number, or leave \"clients\" out");
        }
        return url.map(at -> new ClientsSpec(at, headers.plain(), headers.secret(), subprotocols, authority.orElse(null),
                session.hello(), resumable ? session : null, version, handshake, message, heartbeat, silence, sentinels,
                cyclerCount, cycles, backoff, watch, controls, probes));
    }

    private static Optional<String> authority(Fields fields, String url, @Nullable ProbesSpec probes) {
        var authority = fields.text("authority");
        boolean tls = url.startsWith("wss:")
                || (probes != null && probes.doors().values().stream().anyMatch(door -> door.url().startsWith("wss:")));
        if (authority.isPresent() && !tls) {
            fields.problem(fields.at("authority"), "\"authority\" is for wss only", "remove it, or use a wss address");
        }
        return authority;
    }

    private static List<String> subprotocols(Fields fields) {
        var names = new ArrayList<String>();
        for (var name : fields.names("subprotocols")) {
            if (SUBPROTOCOL.matcher(name.text()).matches()) {
                names.add(name.text());
            } else {
                fields.problem(name.at(), "\"" + name.text() + "\" cannot be a subprotocol", "letters, digits, '.', '-' and '_'");
            }
        }
        return names;
    }

    private Heartbeat heartbeat(Fields fields) {
        if (!fields.has("heartbeat")) {
            return new Heartbeat.Ping(HEARTBEAT);
        }
        if (fields.value("heartbeat").orElse(null) instanceof Marked.Scalar scalar && scalar.text().equals("none")) {
            return new Heartbeat.None();
        }
        return fields.fields("heartbeat").<Heartbeat>map(inner -> {
            var send = inner.text("send").orElse("ping");
            var every = section.duration(inner, "every", HEARTBEAT);
            inner.done();
            return send.equals("ping") ? new Heartbeat.Ping(every) : new Heartbeat.Text(send, every);
        }).orElse(new Heartbeat.None());
    }

    private static Duration every(Heartbeat heartbeat) {
        return switch (heartbeat) {
            case Heartbeat.Ping(var every) -> every;
            case Heartbeat.Text(_, var every) -> every;
            case Heartbeat.None() -> Duration.ZERO;
        };
    }

    private Backoff backoff(Fields fields) {
        return fields.fields("backoff").map(inner -> {
            var base = section.duration(inner, "base", BACKOFF.base());
            var cap = section.duration(inner, "cap", BACKOFF.cap());
            inner.done();
            if (base.compareTo(cap) > 0) {
                inner.problem(inner.at("cap"), "\"cap\" must be at least \"base\"", "the wait doubles from base up to cap");
            }
            return new Backoff(base, cap);
        }).orElse(BACKOFF);
    }

    private static int count(Fields fields, String key, int otherwise, int least, int most) {
        long given = fields.count(key).orElse((long) otherwise);
        if (given < least || given > most) {
            fields.problem(fields.at(key), "\"" + key + "\" must be from " + least + " to " + most, "");
            return otherwise;
        }
        return (int) given;
    }
}
