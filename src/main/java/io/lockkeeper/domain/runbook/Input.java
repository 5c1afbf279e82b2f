package io.lockkeeper.domain.runbook;

import io.lockkeeper.domain.doc.Mark;
import org.jspecify.annotations.Nullable;

/// An input as declared; values are text as a person would type them (`ws-1, ws-2`, `all`, `90s`, `v2`).
///
/// @param fallback the `default:`; `null` makes the input required
/// @param atLeast lower bound in the type's own notation, or `null`
/// @param atMost upper bound in the type's own notation, or `null`
public record Input(String name, InputType type, @Nullable String fallback, @Nullable String atLeast, @Nullable String atMost,
        String help, Mark at) {}
