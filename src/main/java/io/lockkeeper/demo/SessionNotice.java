package io.lockkeeper.demo;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One thing that happened to one session on a node.
///
/// @param session its id, safe to show; empty for a handshake rejected before a session was known
/// @param code close code of a closed one, otherwise 0
/// @param seq last message that the client is known to have, or that was sent
/// @param from the node on which the session was before, where it was resumed or lost
/// @param note why it was rejected, otherwise empty
record SessionNotice(Kind kind, String node, String session, int code, long seq, @Nullable String from, String note, Instant at) {
    enum Kind {
        OPENED, RESUMED, LOST, CLOSED, REJECTED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Hears of them in the order in which they happen to a session, on threads of the node; must not block.
    interface Listener {
        void happened(SessionNotice notice);
    }

    static SessionNotice rejected(String node, String session, String why) {
        return new SessionNotice(Kind.REJECTED, node, session, 0, 0, null, why, Instant.now());
    }

    Map<String, @Nullable Object> fields() {
        var fields = Json.object("type", "session." + kind.word(), "node", node, "session", session, "code", code, "seq", seq,
                "from", from);
        if (!note.isEmpty()) {
            fields.put("note", note);
        }
        return fields;
    }
}
