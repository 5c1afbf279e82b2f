package io.lockkeeper.domain.environment;

import io.lockkeeper.domain.doc.Fields;
import io.lockkeeper.domain.environment.HeadersReader.Headers;
import io.lockkeeper.domain.environment.ProbesSpec.NodeDoor;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads `clients: probes`.
final class ProbesReader {
    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final Duration LEAST = Duration.ofSeconds(5);
    private static final Duration MOST = Duration.ofMinutes(10);
    /// Filled in with the name of the client, later.
    private static final Set<String> OF_THE_CLIENT = Set.of("client");

    private final Section section;
    private final Map<String, Map<String, String>> nodes;

    /// @param nodes by name: their values for templates
    ProbesReader(Section section, Map<String, Map<String, String>> nodes) {
        this.section = section;
        this.nodes = nodes;
    }

    /// @param front address of the front door; `null` where that is wrong
    /// @param headers that every client sends
    /// @param resumable whether the service has sessions
    Optional<ProbesSpec> read(Fields clients, @Nullable String front, Headers headers, boolean resumable) {
        return clients.fields("probes").flatMap(fields -> {
            var url = fields.has("url") ? section.addresses(fields, "url", "ws", "wss") : Optional.<Template>empty();
            var own = new HeadersReader(section, ClientsReader.OF_THE_HANDSHAKE, this::isTemplate).read(fields);
            var every = every(fields);
            fields.done();
            if (!resumable) {
                fields.problem(fields.at(), "probes resume sessions, and with \"token: none\" there are none to resume",
                        "remove \"probes\", or say where the token is");
                return Optional.empty();
            }
            if (fields.has("url") && url.isEmpty()) {
                return Optional.empty();
            }
            boolean named = url.map(ProbesReader::names).orElse(false)
                    || own.plain().values().stream().map(Template::new).anyMatch(ProbesReader::names);
            if (!named) {
                fields.problem(fields.at(), "nothing in \"probes\" says which node is meant",
                        "put {node}, or another value of the nodes, into \"url\" or into a header, "
                                + "e.g. url: \"wss://{node}.internal.example.org/ws\" or headers: { X-Route: \"{node}\" }");
                return Optional.empty();
            }
            if (front == null) {
                return Optional.empty();
            }
            return doors(fields, url.orElse(new Template(front)), headers, own).map(doors -> new ProbesSpec(doors, every));
        });
    }

    private static boolean names(Template template) {
        return template.placeholders().stream().anyMatch(name -> !OF_THE_CLIENT.contains(name));
    }

    private boolean isTemplate(Fields headers, String name) {
        return headers.text(name).map(Template::new)
                .filter(text -> section.known(headers, headers.at(name), "{%s}", text.placeholders(), OF_THE_CLIENT))
                .isPresent();
    }

    private static Duration every(Fields fields) {
        var given = fields.duration("every").orElse(EVERY);
        if (given.compareTo(LEAST) < 0 || given.compareTo(MOST) > 0) {
            fields.problem(fields.at("every"), "\"every\" must be from 5s to 10m", "30s is usual");
            return EVERY;
        }
        return given;
    }

    private Optional<SortedMap<String, NodeDoor>> doors(Fields fields, Template url, Headers all, Headers own) {
        var doors = new TreeMap<String, NodeDoor>();
        for (var node : nodes.entrySet()) {
            var values = new TreeMap<>(node.getValue());
            values.put("node", node.getKey());
            var door = door(url.fill(values), all, own, values);
            var same = doors.entrySet().stream().filter(other -> other.getValue().equals(door)).map(Map.Entry::getKey)
                    .findFirst();
            if (same.isPresent()) {
                fields.problem(fields.at(), same.get() + " and " + node.getKey() + " are reached in the same way",
                        "what leads to a node must be different for each");
                return Optional.empty();
            }
            doors.put(node.getKey(), door);
        }
        return Optional.of(doors);
    }

    /// A header of the probes stands in place of the one of that name that every client sends.
    private static NodeDoor door(String url, Headers all, Headers own, Map<String, String> values) {
        var plain = new TreeMap<>(all.plain());
        var secret = new TreeMap<>(all.secret());
        own.plain().keySet().forEach(name -> remove(name, plain, secret));
        own.secret().keySet().forEach(name -> remove(name, plain, secret));
        own.plain().forEach((name, text) -> plain.put(name, new Template(text).fill(values)));
        secret.putAll(own.secret());
        return new NodeDoor(url, plain, secret);
    }

    private static void remove(String header, Map<String, String> plain, Map<String, SecretRef> secret) {
        plain.keySet().removeIf(header::equalsIgnoreCase);
        secret.keySet().removeIf(header::equalsIgnoreCase);
    }
}
