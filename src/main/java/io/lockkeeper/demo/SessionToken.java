package io.lockkeeper.demo;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What a client shows to get its session back. It carries all that a node must know, so any node, also one in another process, can go on with the
/// session. Signed with a key that all demo nodes share.
///
/// @param node the node that issued it, so the place where the session was before
/// @param start milliseconds of the epoch at which the session began
record SessionToken(String session, long start, String node) {
    private static final byte[] KEY = "lockkeeper demo sessions: worth nothing outside of it".getBytes(StandardCharsets.UTF_8);
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    String encode() {
        var payload = (session + "|" + start + "|" + node).getBytes(StandardCharsets.UTF_8);
        return ENCODER.encodeToString(payload) + "." + ENCODER.encodeToString(sign(payload));
    }

    /// Empty for anything that was not issued by a demo node.
    static Optional<SessionToken> decode(String text) {
        int dot = text.indexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        try {
            var payload = Base64.getUrlDecoder().decode(text.substring(0, dot));
            var signature = Base64.getUrlDecoder().decode(text.substring(dot + 1));
            if (!MessageDigest.isEqual(sign(payload), signature)) {
                return Optional.empty();
            }
            var parts = new String(payload, StandardCharsets.UTF_8).split("\\|", 3);
            return Optional.of(new SessionToken(parts[0], Long.parseLong(parts[1]), parts[2]));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] sign(byte[] payload) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
            return mac.doFinal(payload);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    @Override
    public String toString() {
        return "SessionToken[" + session + "]";
    }
}
