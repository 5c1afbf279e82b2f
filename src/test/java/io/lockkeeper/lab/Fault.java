package io.lockkeeper.lab;

import java.time.Duration;

/// What becomes of one request on a [FaultyWire], and of its answer.
public sealed interface Fault {
    /// The request is carried out, its answer is thrown away and the connection closed in good order.
    record LostReply() implements Fault {}

    /// The request never arrives; the connection is closed in good order.
    record LostRequest() implements Fault {}

    /// The request is carried out, the answer comes only after this time.
    record LateReply(Duration by) implements Fault {}

    /// The request itself arrives only after this time, even if whoever sent it has gone away meanwhile.
    record LateRequest(Duration by) implements Fault {}

    /// The request is carried out, the answer ends after so many bytes.
    record CutReply(int after) implements Fault {}

    /// The request is carried out, something else is answered.
    record Nonsense(String answer) implements Fault {}

    /// The request is carried out, the connection is reset.
    record Reset() implements Fault {}

    /// The request is carried out, and nothing is ever heard again on its connection, not even its end.
    record Silence() implements Fault {}
}
