package io.lockkeeper.adapter.fleet;

import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.SplittableRandom;

/// What all lines of one loop share, because one thread uses it.
///
/// @param utf8 reports what is no UTF-8
/// @param random for masks, keys and jitter
record Tools(CharsetDecoder utf8, SplittableRandom random) {
    static Tools fresh() {
        return new Tools(StandardCharsets.UTF_8.newDecoder(), new SplittableRandom(new SecureRandom().nextLong()));
    }

    byte[] nonce() {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        return bytes;
    }
}
