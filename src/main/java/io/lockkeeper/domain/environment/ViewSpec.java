package io.lockkeeper.domain.environment;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How nodes are asked about themselves.
public sealed interface ViewSpec {
    /// @param sources where each fact is read; a fact that is not there cannot be told
    /// @param auth sent with every request; `null` where none is asked for
    record Http(Map<Fact, Source> sources, @Nullable Auth auth) implements ViewSpec {
        public Http {
            var ordered = new EnumMap<Fact, Source>(Fact.class);
            ordered.putAll(sources);
            sources = ordered;
        }
    }

    record Service(ServiceSpec service) implements ViewSpec {}

    /// @param url template over the node's own values
    record Source(Template url, Pick pick) {}

    /// What of the answer is the fact.
    sealed interface Pick {
        /// The HTTP status alone: 2xx is true.
        record Status() implements Pick {}

        /// @param pointer JSON pointer (RFC 6901)
        /// @param is the text that means true; only for `ready`
        record Pointer(String pointer, String is) implements Pick {}

        /// @param labels that a series must have; others may be there
        /// @param is the number that means true; only for `ready`
        record Metric(String name, Map<String, String> labels, String is) implements Pick {}
    }

    /// What a node can say of itself, see [io.lockkeeper.domain.fleet.NodeReading].
    enum Fact {
        READY("ready"), VERSION("version"), INSTANCE("instance"), STARTED_AT("startedAt"), CONNECTIONS(
                "connections"), ENVIRONMENT(
                        "environment"), NAME("name");

        private final String key;

        Fact(String key) {
            this.key = key;
        }

        /// As written in the environment file.
        public String key() {
            return key;
        }
    }
}
