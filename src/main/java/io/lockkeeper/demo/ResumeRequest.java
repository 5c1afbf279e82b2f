package io.lockkeeper.demo;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A client that wants its session back.
///
/// @param token empty where the client's token is none of ours
/// @param last sequence number of the last message that the client has
record ResumeRequest(Optional<SessionToken> token, long last) {
    /// From `/ws?resume=TOKEN&last=N`; empty where no resume is asked for.
    static Optional<ResumeRequest> ofResource(String resource) {
        int mark = resource.indexOf('?');
        var query = mark < 0 ? Map.<String, String>of() : query(resource.substring(mark + 1));
        return Optional.ofNullable(query.get("resume")).map(token -> of(token, query.get("last")));
    }

    static ResumeRequest of(String token, @Nullable String last) {
        try {
            return new ResumeRequest(SessionToken.decode(token), last == null ? 0 : Math.max(0, Long.parseLong(last)));
        } catch (NumberFormatException _) {
            return new ResumeRequest(Optional.empty(), 0);
        }
    }

    private static Map<String, String> query(String text) {
        var fields = new HashMap<String, String>();
        for (var field : text.split("&", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                fields.put(field.substring(0, equals), decoded(field.substring(equals + 1)));
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return "";
        }
    }

    @Override
    public String toString() {
        return "ResumeRequest[" + token + ", last=" + last + "]";
    }
}
