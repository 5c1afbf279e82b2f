package io.lockkeeper.adapter.fleet;

import io.lockkeeper.domain.client.Continuity;
import io.lockkeeper.domain.client.Continuity.SessionKept;
import io.lockkeeper.domain.environment.SessionSpec;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The session that a client keeps across connections: what lets it in again, and which messages it has heard in it. One loop.
final class KeptSession {
    private final MessageNumbers numbers = new MessageNumbers();
    private @Nullable String token;
    private @Nullable String id;

    /// Whether there is one to come back with.
    boolean canResume() {
        return token != null;
    }

    /// What is sent to come back with it.
    String resume(SessionSpec spec) {
        var known = String.valueOf(token);
        var last = Long.toString(numbers.last());
        var safe = spec.resumesInHandshake() ? URLEncoder.encode(known, StandardCharsets.UTF_8) : FirstMessage.escaped(known);
        return spec.resume().fill(Map.of("token", safe, "last", last, "seq", last));
    }

    MessageNumbers.Step heard(long number) {
        return numbers.next(number);
    }

    /// @param resuming whether this connection came back with it
    /// @return what is left of what the client had
    Continuity greeted(FirstMessage first, boolean resuming, @Nullable SessionSpec spec) {
        var continuity = continuity(first, resuming && spec != null ? kept(first, spec) : SessionKept.LOST);
        if (first.token() != null) {
            token = first.token();
        }
        id = first.session();
        return continuity;
    }

    private Continuity continuity(FirstMessage first, SessionKept kept) {
        if (kept != SessionKept.LOST) {
            return new Continuity(kept, first.seq() == null ? 0 : numbers.resumedAfter(first.seq()), 0);
        }
        if (first.seq() == null) {
            numbers.forget();
        } else {
            numbers.restart(first.seq());
        }
        return new Continuity(kept, 0, 0);
    }

    private SessionKept kept(FirstMessage first, SessionSpec spec) {
        boolean other = id != null && first.session() != null && !id.equals(first.session());
        if (other || (first.kind() != null && !first.kind().equals(spec.resumed()))) {
            return SessionKept.LOST;
        }
        boolean said = first.kind() != null || (id != null && first.session() != null);
        return said ? SessionKept.SAME : SessionKept.UNKNOWN;
    }

    /// With it the client would not get in again.
    void giveUp() {
        token = null;
    }

    /// As if there never was one.
    void forget() {
        token = null;
        id = null;
        numbers.forget();
    }

    @Override
    public String toString() {
        return "KeptSession[" + id + "]"; // the token is a secret
    }
}
