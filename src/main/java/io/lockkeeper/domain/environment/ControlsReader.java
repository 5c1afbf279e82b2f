package io.lockkeeper.domain.environment;

import io.lockkeeper.domain.doc.Fields;
import io.lockkeeper.domain.doc.Marked;
import io.lockkeeper.domain.doc.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads `controls` of `clients`: a list of targets, or a block with `targets` and how they are asked.
final class ControlsReader {
    private static final int MOST = 20;
    private static final Duration LONGEST_LIMIT = Duration.ofSeconds(5);
    private static final Duration LONGEST_EVERY = Duration.ofSeconds(10);
    private static final Pattern PARTS = Pattern.compile("([a-z]+)://([^/:?\\[]+|\\[[^]]*])(?::(\\d+))?(.*)");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /// @param port what the scheme usually has where none is given
    /// @param rest path and query
    private record Place(String scheme, String host, int port, boolean portGiven, String rest) {
        static Optional<Place> of(String address) {
            var parts = PARTS.matcher(address);
            if (!parts.matches()) {
                return Optional.empty();
            }
            var scheme = parts.group(1);
            var port = Optional.ofNullable(parts.group(3)).map(Integer::valueOf);
            return Optional
                    .of(new Place(scheme, parts.group(2), port.orElse(scheme.equals("https") || scheme.equals("wss") ? 443 : 80),
                            port.isPresent(), parts.group(4)));
        }
    }

    private final Section section;
    private final String door;

    /// @param door address of the service's front door; may be wrong
    ControlsReader(Section section, String door) {
        this.section = section;
        this.door = door;
    }

    ControlsSpec read(Fields clients) {
        if (!clients.has("controls")) {
            return ControlsSpec.NONE;
        }
        if (!(clients.value("controls").orElse(null) instanceof Marked.Mapping block)) {
            return new ControlsSpec(targets(clients, "controls"), ControlsSpec.EVERY, ControlsSpec.LIMIT, 100);
        }
        var inner = new Fields(block, section.problems());
        inner.required("targets");
        var targets = targets(inner, "targets");
        var every = upTo(inner, "every", ControlsSpec.EVERY, LONGEST_EVERY);
        var limit = upTo(inner, "limit", ControlsSpec.LIMIT, LONGEST_LIMIT);
        int failing = inner.scalar("failing").flatMap(share -> Fields.percent(share, "\"failing\"", section.problems()))
                .orElse(100);
        if (failing < 1) {
            inner.problem(inner.at("failing"), "\"failing\" must be at least 1%", "100%: all that ever answered");
        }
        inner.done();
        return new ControlsSpec(targets, every, limit, failing);
    }

    private Duration upTo(Fields fields, String key, Duration otherwise, Duration most) {
        var given = section.duration(fields, key, otherwise);
        if (given.compareTo(most) > 0) {
            fields.problem(fields.at(key), "\"" + key + "\" must be at most " + most.toSeconds() + "s",
                    "a fault has to be found before the next evaluation");
            return otherwise;
        }
        return given;
    }

    private List<String> targets(Fields fields, String key) {
        var names = fields.names(key);
        if (names.isEmpty() && fields.value(key).orElse(null) instanceof Marked.Sequence) {
            fields.problem(fields.at(key), "\"" + key + "\" names no target",
                    "[ https://intranet.example.org/, \"tcp://10.0.0.1:53\" ]");
        }
        if (names.size() > MOST) {
            fields.problem(fields.at(key), "\"" + key + "\" names more than " + MOST + " targets",
                    "two or three in different places do");
        }
        var targets = new ArrayList<String>();
        for (var name : names) {
            if (good(fields, key, name, targets)) {
                targets.add(name.text());
            }
        }
        return targets;
    }

    private boolean good(Fields fields, String key, Marked.Scalar name, List<String> before) {
        var text = name.text();
        if (!Section.isAddress(fields, name.at(), key, text, "tcp", "http", "https")) {
            return false;
        }
        var place = Place.of(text);
        if (place.isEmpty()) {
            return false;
        }
        if (place.get().scheme().equals("tcp") && (!place.get().portGiven() || !place.get().rest().isEmpty())) {
            fields.problem(name.at(), "\"" + text + "\" must be tcp://host:port", "http and https may have a path");
            return false;
        }
        if (before.contains(text)) {
            fields.problem(name.at(), text + " stands here a second time", "remove it");
            return false;
        }
        return outside(fields, name, place.get());
    }

    private boolean outside(Fields fields, Marked.Scalar name, Place place) {
        var front = Place.of(door).orElse(null);
        if (front == null) {
            return true;
        }
        if (place.host().equals(front.host()) && place.port() == front.port()) {
            fields.problem(name.at(), name.text() + " is the service's own front door",
                    "name something outside the service: only that tells whose fault a loss is");
            return false;
        }
        if (LOOPBACK.contains(place.host()) && !LOOPBACK.contains(front.host())) {
            section.problems().add(new Problem(name.at(), Problem.Severity.WARNING,
                    name.text() + " is on this computer and answers without any network",
                    "name something that is reached as the service is"));
        }
        return true;
    }
}
