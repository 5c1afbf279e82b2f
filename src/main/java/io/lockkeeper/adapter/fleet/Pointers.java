package io.lockkeeper.adapter.fleet;

import io.lockkeeper.domain.environment.SessionSpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;

/// An environment's pointers into messages, taken apart once.
///
/// @param seq `null` where messages are not numbered
record Pointers(JsonPointer token, JsonPointer session, JsonPointer kind, JsonPointer node, JsonPointer version,
        @Nullable JsonPointer seq) {
    static Pointers of(SessionSpec spec, String version) {
        return new Pointers(JsonPointer.compile(spec.token()), JsonPointer.compile(spec.session()),
                JsonPointer.compile(spec.kind()), JsonPointer.compile(spec.node()), JsonPointer.compile(version),
                spec.seq() == null ? null : JsonPointer.compile(spec.seq()));
    }
}
