package io.lockkeeper.adapter.http;

import io.lockkeeper.domain.environment.Auth;
import io.lockkeeper.domain.environment.SecretRef;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// What is put into headers so that the other side knows who asks. Read anew for each request.
final class Credentials {
    private final @Nullable Auth auth;
    private final Secrets secrets;

    Credentials(@Nullable Auth auth, Secrets secrets) {
        this.auth = auth;
        this.secrets = secrets;
    }

    /// The `Authorization` header; `null` where none is asked for.
    @Nullable
    String authorization() throws LinkFault {
        return switch (auth) {
            case null -> null;
            case Auth.Basic(var user, var password) -> "Basic " + Base64.getEncoder()
                    .encodeToString((user + ":" + secrets.read(password).reveal()).getBytes(StandardCharsets.UTF_8));
            case Auth.Bearer(var ref) -> "Bearer " + header(ref, secrets);
        };
    }

    static String header(SecretRef ref, Secrets secrets) throws LinkFault {
        var token = secrets.read(ref).reveal();
        if (token.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) { // the library's own complaint would quote it
            throw LinkFault.permanent("the token in " + ref.words() + " has characters that a header cannot carry");
        }
        return token;
    }
}
