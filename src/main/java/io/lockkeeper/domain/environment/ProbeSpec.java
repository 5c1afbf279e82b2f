package io.lockkeeper.domain.environment;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a client session of the service is opened and resumed on one node. Pointers are JSON pointers into the node's text messages.
///
/// @param url template over the node's own values
/// @param hello first message of a new client; empty where the node talks first
/// @param token where the first message holds the resume token
/// @param resume how a client comes back: from `?` a query for the handshake, else its first message; knows `{token}` and `{last}`,
///        `{seq}` is the same as `{last}`
/// @param seq where each message holds its number; `null` where messages are not numbered
/// @param session where the first message holds the session's id
/// @param kind where the first message says whether it is a resumed session
/// @param resumed the word for it there
/// @param node where the first message names the node
/// @param handshakeLimit a handshake that takes longer is a failed probe
/// @param messageLimit for each awaited message
public record ProbeSpec(Template url, String hello, String token, Template resume, @Nullable String seq, String session,
        String kind,
        String resumed, String node, Duration handshakeLimit, Duration messageLimit) {}
