package io.lockkeeper.domain.link;

/// A link as shown: which endpoint, in which state.
///
/// @param name unique in its environment, e.g. `balancer edge-a`, `node ws-2`, `feed`
/// @param endpoint address without any secret
public record LinkView(String name, String endpoint, LinkState state) {}
