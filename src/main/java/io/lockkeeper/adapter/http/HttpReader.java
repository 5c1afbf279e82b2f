package io.lockkeeper.adapter.http;

import io.lockkeeper.domain.doc.Durations;
import io.lockkeeper.domain.environment.Auth;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.Secrets;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// GET with a deadline for the whole answer and a limit to its size. Redirects are not followed: where they lead nobody has configured.
final class HttpReader {
    static final int LARGEST = 1024 * 1024;

    private final HttpClient client;
    private final Credentials credentials;

    HttpReader(HttpClient client, @Nullable Auth auth, Secrets secrets) {
        this.client = client;
        this.credentials = new Credentials(auth, secrets);
    }

    Page get(URI address, Duration limit) throws LinkFault, InterruptedException {
        return ask(HttpRequest.newBuilder(address).GET(), shown(address), limit);
    }

    /// @param request that changes nothing on the other side
    /// @param shown its address, safe for messages
    Page ask(HttpRequest.Builder request, String shown, Duration limit) throws LinkFault, InterruptedException {
        var authorization = credentials.authorization();
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        var answer = answer(request.build(), shown, limit);
        int status = answer.statusCode();
        if (status == 401 || status == 403) {
            throw LinkFault.permanent("wrong credentials for " + shown + ": HTTP " + status);
        }
        if (status >= 300 && status < 400) {
            throw LinkFault.permanent(shown + " redirects (HTTP " + status + "), which is not followed: name the final address");
        }
        return new Page(shown, status, new String(answer.body(), StandardCharsets.UTF_8));
    }

    private HttpResponse<byte[]> answer(HttpRequest request, String shown, Duration limit)
            throws LinkFault, InterruptedException {
        var exchange = client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST));
        try {
            return exchange.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw LinkFault.passing(late(shown, limit), e);
        } catch (ExecutionException e) {
            throw fault(e.getCause(), shown, limit);
        } finally {
            exchange.cancel(true); // ends the exchange where it is still under way
        }
    }

    private static String late(String shown, Duration limit) {
        return "no full answer within " + Durations.words(limit) + " from " + shown;
    }

    private static LinkFault fault(@Nullable Throwable cause, String shown, Duration limit) {
        return switch (cause) {
            case HttpTimeoutException late -> LinkFault.passing(late(shown, limit), late);
            case ConnectException refused when refused.getCause() instanceof UnresolvedAddressException ->
                LinkFault.passing("the host of " + shown + " is not known", refused);
            case ConnectException refused -> LinkFault.passing("connection refused: " + shown, refused);
            case SSLException tls -> LinkFault.permanent("no trusted TLS connection to " + shown, tls);
            case IOException large when String.valueOf(large.getMessage()).contains("exceeds capacity") ->
                LinkFault.passing("the answer of " + shown + " is larger than 1 MiB", large);
            case null, default -> LinkFault.passing("the connection to " + shown + " was cut off before the answer was complete");
        };
    }

    /// Without user, password and query, which may hold secrets.
    static String shown(URI address) {
        var port = address.getPort() < 0 ? "" : ":" + address.getPort();
        return address.getScheme() + "://" + address.getHost() + port
                + (address.getRawPath() == null ? "" : address.getRawPath());
    }
}
