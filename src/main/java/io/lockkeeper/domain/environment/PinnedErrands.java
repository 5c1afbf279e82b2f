package io.lockkeeper.domain.environment;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The commands and HTTP calls of an environment file, with what their placeholders stand for.
///
/// @param nodes by node name: its values, its own name as `node` among them
public record PinnedErrands(String environment, List<ErrandSpec> specs, Map<String, Map<String, String>> nodes) {
    public static final PinnedErrands NONE = new PinnedErrands("", List.of(), Map.of());

    public PinnedErrands {
        specs = List.copyOf(specs);
        nodes = Map.copyOf(nodes);
    }

    public Optional<ErrandSpec> find(ErrandKind kind, String name) {
        return specs.stream().filter(spec -> spec.kind() == kind && spec.name().equals(name)).findFirst();
    }

    public List<String> names(ErrandKind kind) {
        return specs.stream().filter(spec -> spec.kind() == kind).map(ErrandSpec::name).toList();
    }

    /// What the placeholders stand for.
    public Map<String, String> values(@Nullable String node, @Nullable String version) {
        var values = new TreeMap<String, String>();
        if (node != null) {
            values.putAll(nodes.getOrDefault(node, Map.of("node", node)));
        }
        values.put("environment", environment);
        if (version != null) {
            values.put("version", version);
        }
        return values;
    }

    /// What a person would type, without secrets.
    public String literal(ErrandKind kind, String name, @Nullable String node, @Nullable String version) {
        return find(kind, name).map(spec -> spec.literal(values(node, version)))
                .orElse("# the environment file has no " + kind.key() + " " + name);
    }
}
