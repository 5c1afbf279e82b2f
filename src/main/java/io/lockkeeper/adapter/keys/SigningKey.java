package io.lockkeeper.adapter.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/// One person's Ed25519 key pair, and its text in PEM: the private half as PKCS#8, the public half as X.509 below it.
public final class SigningKey {
    private static final String ALGORITHM = "Ed25519";
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    private final String where;
    private final KeyPair pair;

    private SigningKey(String where, KeyPair pair) {
        this.where = where;
        this.pair = pair;
    }

    /// @param where it will be kept, as a person would say it: `key file /home/ada/ada.key`
    static SigningKey create(String where) {
        try {
            return new SigningKey(where, KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has Ed25519", e);
        }
    }

    /// @param remedy what adds a missing public half
    static SigningKey of(String pem, String where, String remedy) throws Unusable {
        var hidden = block(pem, "PRIVATE KEY").orElseThrow(() -> new Unusable(where
                + " has no block \"PRIVATE KEY\" (PKCS#8, without a passphrase)"));
        var open = block(pem, "PUBLIC KEY").orElseThrow(() -> new Unusable(where
                + " has no block \"PUBLIC KEY\"; " + remedy));
        try {
            var factory = KeyFactory.getInstance(ALGORITHM);
            var pair = new KeyPair(factory.generatePublic(new X509EncodedKeySpec(Base64.getMimeDecoder().decode(open))),
                    factory.generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(hidden))));
            if (!belongTogether(pair)) {
                throw new Unusable("the two halves in " + where + " do not belong together");
            }
            return new SigningKey(where, pair);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new Unusable(where + " holds no Ed25519 key", e);
        }
    }

    private static Optional<String> block(String text, String what) {
        return BLOCK.matcher(text).results().filter(found -> found.group(1).equals(what)).map(found -> found.group(2))
                .findFirst();
    }

    private static boolean belongTogether(KeyPair pair) throws GeneralSecurityException {
        var text = "do both halves belong together?".getBytes(StandardCharsets.US_ASCII);
        var verifier = Signature.getInstance(ALGORITHM);
        verifier.initVerify(pair.getPublic());
        verifier.update(text);
        return verifier.verify(sign(pair, text));
    }

    private static byte[] sign(KeyPair pair, byte[] text) throws GeneralSecurityException {
        var signer = Signature.getInstance(ALGORITHM);
        signer.initSign(pair.getPrivate());
        signer.update(text);
        return signer.sign();
    }

    /// Both halves. A secret.
    String pem() {
        return block("PRIVATE KEY", pair.getPrivate().getEncoded()) + block("PUBLIC KEY", pair.getPublic().getEncoded());
    }

    private static String block(String what, byte[] encoded) {
        return "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(encoded)
                + "\n-----END " + what + "-----\n";
    }

    /// As a person would say it.
    public String where() {
        return where;
    }

    /// X.509 in Base64, as it stands on a roster.
    public String publicHalf() {
        return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    }

    /// @return Base64
    public String sign(String text) throws Unusable {
        try {
            return Base64.getEncoder().encodeToString(sign(pair, text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new Unusable(where + " cannot sign", e);
        }
    }
}
