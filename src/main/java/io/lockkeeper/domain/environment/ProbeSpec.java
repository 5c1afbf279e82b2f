package io.lockkeeper.domain.environment;

import java.time.Duration;

/// How a client session of the service is opened and resumed on one node.
///
/// @param url template over the node's own values
/// @param handshakeLimit a handshake that takes longer is a failed probe
/// @param messageLimit for each awaited message
public record ProbeSpec(Template url, SessionSpec session, Duration handshakeLimit, Duration messageLimit) {}
