package io.lockkeeper.demo;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/// The secret that opens the admin API and the feed. Never printed.
final class BearerToken {
    private final String secret;

    private BearerToken(String secret) {
        this.secret = secret;
    }

    static BearerToken random() {
        var bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return new BearerToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /// The secret itself, for the owner-only file.
    String reveal() {
        return secret;
    }

    /// Whether an Authorization header carries it.
    boolean admits(String authorization) {
        return MessageDigest.isEqual(("Bearer " + secret).getBytes(StandardCharsets.UTF_8),
                authorization.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "BearerToken[hidden]";
    }
}
