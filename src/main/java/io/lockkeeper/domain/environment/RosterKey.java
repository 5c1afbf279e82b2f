package io.lockkeeper.domain.environment;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/// The public half of somebody's Ed25519 key, as it stands on a roster: X.509 in Base64.
public final class RosterKey {
    /// Points of small order, the sign bit left out, in Base64. For the first two there are signatures that fit every text, and Java's
    /// verifier lets them pass.
    private static final Set<String> WEAK = Set.of("AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            "7P///////////////////////////////////////38=", "7f///////////////////////////////////////38=",
            "7v///////////////////////////////////////38=", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            "xxdqcD1N2E+6PAt2DRBnDyogU/osOczGTsf9d5KsA3o=", "JuiVj8KyJ7BFw/SJ8u+Y8NXfrAXTxjM5sTgCiG1T/AU=");

    private static final int KEY_BYTES = 32;

    private RosterKey() {}

    /// Empty where the text is no such key, or one with which anybody could sign.
    public static Optional<PublicKey> of(String text) {
        try {
            var encoded = Base64.getDecoder().decode(text);
            var key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
            return isWeak(key.getEncoded()) ? Optional.empty() : Optional.of(key);
        } catch (IllegalArgumentException | GeneralSecurityException _) {
            return Optional.empty();
        }
    }

    private static boolean isWeak(byte[] encoded) {
        var point = new byte[KEY_BYTES];
        System.arraycopy(encoded, encoded.length - KEY_BYTES, point, 0, KEY_BYTES);
        point[KEY_BYTES - 1] &= 0x7f;
        return WEAK.contains(Base64.getEncoder().encodeToString(point));
    }
}
