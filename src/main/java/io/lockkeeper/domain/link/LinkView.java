package io.lockkeeper.domain.link;

import java.time.Instant;

/// A link as shown: which endpoint, in which state.
///
/// @param name unique in its environment, e.g. `balancer edge-a`, `node ws-2`, `feed`
/// @param endpoint address without any secret
public record LinkView(String name, String endpoint, LinkState state) {
    /// Whoever had the link is gone: what was last heard on it only grows older.
    public LinkView gone(Instant now) {
        return state instanceof LinkState.Live(_, var heard)
                ? new LinkView(name, endpoint, new LinkState.Stale(now, heard))
                : this;
    }
}
