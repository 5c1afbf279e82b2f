package io.lockkeeper.adapter.prometheus;

import io.lockkeeper.domain.doc.Durations;
import io.lockkeeper.domain.environment.Auth;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.Secrets;
import io.lockkeeper.port.Time;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// One request whose answer is read as it comes, with a deadline for all of it. Redirects are not followed.
final class MetricsHttp {
    /// Makes something of an answer whatever its status.
    interface Use<T> {
        /// @param body unpacked
        T of(int status, String contentType, InputStream body) throws IOException, GarbledPage;
    }

    private final HttpClient client;
    private final @Nullable Auth auth;
    private final Secrets secrets;
    private final Time time;
    private final URI address;

    /// @param address where requests go
    MetricsHttp(HttpClient client, @Nullable Auth auth, Secrets secrets, Time time, URI address) {
        this.client = client;
        this.auth = auth;
        this.secrets = secrets;
        this.time = time;
        this.address = address;
    }

    /// Without query, which may hold secrets.
    String shown() {
        var port = address.getPort() < 0 ? "" : ":" + address.getPort();
        return address.getScheme() + "://" + address.getHost() + port
                + (address.getRawPath() == null ? "" : address.getRawPath());
    }

    HttpRequest.Builder request() {
        return HttpRequest.newBuilder(address).header("Accept-Encoding", "gzip");
    }

    <T> T ask(HttpRequest.Builder request, Duration limit, Use<T> use) throws LinkFault, InterruptedException {
        var authorization = authorization();
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        long end = time.ticks() + limit.toNanos();
        var exchange = client.sendAsync(request.build(), BodyHandlers.ofInputStream());
        try {
            var response = exchange.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            try (var body = response.body()) {
                refuse(response.statusCode());
                var work = new FutureTask<>(() -> use.of(response.statusCode(),
                        response.headers().firstValue("Content-Type").orElse(""), unpacked(response, body)));
                Thread.ofVirtual().name("reading " + shown()).start(work);
                return work.get(Math.max(1, end - time.ticks()), TimeUnit.NANOSECONDS); // closing the body ends a reading that is late
            }
        } catch (TimeoutException e) {
            throw LinkFault.passing("no full answer within " + Durations.words(limit) + " from " + shown(), e);
        } catch (ExecutionException e) {
            throw fault(e.getCause());
        } catch (IOException e) {
            throw fault(e);
        } finally {
            exchange.cancel(true);
        }
    }

    private static InputStream unpacked(HttpResponse<?> response, InputStream body) throws IOException {
        var packed = response.headers().firstValue("Content-Encoding").orElse("").toLowerCase(Locale.ROOT);
        return packed.equals("gzip") ? new GZIPInputStream(body, 1 << 16) : body;
    }

    private void refuse(int status) throws LinkFault {
        if (status == 401 || status == 403) {
            throw LinkFault.permanent("wrong credentials for " + shown() + ": HTTP " + status);
        }
        if (status >= 300 && status < 400) {
            throw LinkFault
                    .permanent(shown() + " redirects (HTTP " + status + "), which is not followed: name the final address");
        }
        if (status == 404) {
            throw LinkFault.permanent("there is nothing at " + shown() + " (HTTP 404)");
        }
    }

    private @Nullable String authorization() throws LinkFault {
        return switch (auth) {
            case null -> null;
            case Auth.Basic(var user, var password) -> "Basic " + Base64.getEncoder()
                    .encodeToString((user + ":" + secrets.read(password).reveal()).getBytes(StandardCharsets.UTF_8));
            case Auth.Bearer(var ref) -> {
                var token = secrets.read(ref).reveal();
                if (token.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) { // the library's own complaint would quote it
                    throw LinkFault.permanent("the token in " + ref.words() + " has characters that a header cannot carry");
                }
                yield "Bearer " + token;
            }
        };
    }

    private LinkFault fault(@Nullable Throwable cause) {
        return switch (cause) {
            case GarbledPage garbled -> LinkFault.passing("the page of " + shown() + " " + garbled.why(), garbled);
            case ConnectException refused when refused.getCause() instanceof UnresolvedAddressException ->
                LinkFault.passing("the host of " + shown() + " is not known", refused);
            case ConnectException refused -> LinkFault.passing("connection refused: " + shown(), refused);
            case SSLException tls -> LinkFault.permanent("no trusted TLS connection to " + shown(), tls);
            case ZipException packed -> LinkFault.passing("the page of " + shown() + " says that it is gzip, and is not", packed);
            case null, default ->
                LinkFault.passing("the connection to " + shown() + " was cut off before the answer was complete");
        };
    }
}
