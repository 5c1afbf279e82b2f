package io.lockkeeper.demo;

import java.time.Duration;

/// Judges a WebSocket handshake before the library sees it: the library itself can answer only 404, and only at once.
interface HandshakeGate {
    /// Called on a thread of the server; must not block.
    ///
    /// @param resource path and query of the request
    /// @param authorization value of that header, or empty
    Verdict judge(String resource, String authorization);

    /// What becomes of the handshake.
    sealed interface Verdict {}

    /// Goes on after the delay.
    record Pass(Duration after) implements Verdict {}

    /// Answered with an HTTP status, then closed.
    record Refuse(int status, String reason) implements Verdict {}

    Verdict PASS = new Pass(Duration.ZERO);
}
