package io.lockkeeper.domain.environment;

import org.jspecify.annotations.Nullable;

/// How a client begins a session of the service and comes back to it. Pointers are JSON pointers into the service's text messages.
///
/// @param hello first message of a new client; empty where the service talks first
/// @param token where the first message holds the resume token
/// @param resume how a client comes back: from `?` a query for the handshake, else its first message; knows `{token}` and `{last}`,
///        `{seq}` is the same as `{last}`
/// @param seq where each message holds its number; `null` where messages are not numbered
/// @param session where the first message holds the session's id
/// @param kind where the first message says whether it is a resumed session
/// @param resumed the word for it there
/// @param node where the first message names the node
public record SessionSpec(String hello, String token, Template resume, @Nullable String seq, String session, String kind,
        String resumed, String node) {
    /// Whether a client comes back with a query in the handshake rather than with a message.
    public boolean resumesInHandshake() {
        return resume.text().startsWith("?");
    }
}
