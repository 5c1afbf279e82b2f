package io.lockkeeper.domain.client;

import java.time.Instant;

/// A time in which a client was meant to be connected: from its first session, or the first that was heard of it, until it was ended.
///
/// @param to [Instant#MAX] while it goes on
public record Watch(ClientRole role, Instant from, Instant to) {}
