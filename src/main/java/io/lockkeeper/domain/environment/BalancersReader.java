package io.lockkeeper.domain.environment;

import io.lockkeeper.domain.doc.Fields;
import io.lockkeeper.domain.doc.Marked;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads `balancers`. The key that names a kind is the one its own reader stands under in the table.
final class BalancersReader {
    private static final Pattern TCP = Pattern.compile("tcp://(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+):(\\d{1,5})/?");
    private static final Pattern UNIX = Pattern.compile("unix:(?://)?(/[^\\s;]+)");

    private interface Kind {
        Optional<BalancerSpec> read(String name, Fields fields);
    }

    private final Section section;
    private final Map<String, Kind> kinds = Map.of("haproxy", this::haproxy);

    BalancersReader(Section section) {
        this.section = section;
    }

    List<BalancerSpec> read(Fields top) {
        var specs = new ArrayList<BalancerSpec>();
        top.value("balancers").ifPresent(value -> {
            if (!(value instanceof Marked.Mapping mapping) || mapping.entries().isEmpty()) {
                top.problem(value.at(), "\"balancers\" must name at least one balancer",
                        "edge: { haproxy: tcp://..., backend: ..., servers: {...} }");
                return;
            }
            mapping.entries().forEach((name, inner) -> Fields.of(inner, "balancer " + name.text(), section.problems())
                    .flatMap(fields -> balancer(name, fields)).ifPresent(specs::add));
            differ(top, specs);
        });
        return specs;
    }

    private Optional<BalancerSpec> balancer(Marked.Scalar name, Fields fields) {
        if (!Section.NAME.matcher(name.text()).matches()) {
            fields.problem(name.at(), "\"" + name.text() + "\" cannot be the name of a balancer",
                    "letters, digits, '-', '_' and '.'");
        }
        var kind = kinds.entrySet().stream().filter(entry -> fields.has(entry.getKey())).map(Map.Entry::getValue).findFirst();
        if (kind.isEmpty()) {
            fields.problem(fields.at(), "balancer " + name.text() + " does not say what it is",
                    "expected one of: " + String.join(", ", kinds.keySet()));
        }
        return kind.flatMap(one -> one.read(name.text(), fields));
    }

    private Optional<BalancerSpec> haproxy(String name, Fields fields) {
        var address = address(fields, "haproxy");
        var master = address(fields, "master");
        var backend = section.name(fields, "backend", "a backend");
        var servers = section.perNode(fields, "servers", "server");
        fields.done();
        if (address.isEmpty() || backend.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new BalancerSpec.Haproxy(name, address.get(), master.orElse(null), backend.get(), servers));
    }

    private static Optional<Address> address(Fields fields, String key) {
        return fields.text(key).flatMap(text -> {
            var tcp = TCP.matcher(text);
            if (tcp.matches() && Integer.parseInt(tcp.group(2)) <= 65535 && Integer.parseInt(tcp.group(2)) > 0) {
                return Optional.of(new Address.Tcp(tcp.group(1).replaceAll("[\\[\\]]", ""), Integer.parseInt(tcp.group(2))));
            }
            var unix = UNIX.matcher(text);
            if (unix.matches()) {
                return Optional.of(new Address.Unix(unix.group(1)));
            }
            fields.problem(fields.at(key), "\"" + key + "\" is no address: " + text, "write tcp://host:port or unix:/path");
            return Optional.empty();
        });
    }

    /// The same backend of the same process twice would count every session twice.
    private static void differ(Fields top, List<BalancerSpec> specs) {
        var seen = new HashMap<String, String>();
        for (var spec : specs) {
            if (spec instanceof BalancerSpec.Haproxy haproxy) {
                var before = seen.putIfAbsent(haproxy.address() + " " + haproxy.backend(), haproxy.name());
                if (before != null) {
                    top.problem(top.at("balancers"), "balancers " + before + " and " + haproxy.name()
                            + " are the same backend at the same address", "remove one");
                }
            }
        }
    }
}
