package io.lockkeeper.port;

import java.time.Instant;

/// What every call to an outside system carries.
///
/// @param op the op id; sent along where the other side can keep it
/// @param actor who is responsible
/// @param deadline absolute; no reply after it is waited for
public record Call(String op, String actor, String reason, Instant deadline) {}
