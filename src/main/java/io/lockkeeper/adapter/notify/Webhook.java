package io.lockkeeper.adapter.notify;

import io.lockkeeper.domain.environment.Auth;
import io.lockkeeper.domain.environment.ChannelSpec;
import io.lockkeeper.domain.environment.SecretRef;
import io.lockkeeper.domain.notify.Notification;
import io.lockkeeper.domain.notify.Payload;
import io.lockkeeper.domain.notify.Receipt;
import io.lockkeeper.domain.notify.RetryAfter;
import io.lockkeeper.port.HeaderText;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.Notifier;
import io.lockkeeper.port.Secrets;
import io.lockkeeper.port.Time;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// JSON by POST. Of an address that is a secret nothing is ever shown but its host, and of an answer nothing but its status.
public final class Webhook implements Notifier {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LARGEST = 64 * 1024;
    private static final Pattern ADDRESS = Pattern.compile("https?://[A-Za-z0-9.-]+(?::\\d{1,5})?(?:[/?][\\x21-\\x7e]*)?");

    private final ChannelSpec.Webhook spec;
    private final Path folder;
    private final Secrets secrets;
    private final Time time;

    /// @param folder of the environment file
    public Webhook(ChannelSpec.Webhook spec, Path folder, Secrets secrets, Time time) {
        this.spec = spec;
        this.folder = folder;
        this.secrets = secrets;
        this.time = time;
    }

    @Override
    public String endpoint() {
        return switch (spec.url()) {
            case ChannelSpec.Url.Plain(var text) -> shown(URI.create(text));
            case ChannelSpec.Url.InSecret(var ref) -> "the address in " + ref.words();
        };
    }

    /// Without user, path and query.
    private static String shown(URI address) {
        return address.getScheme() + "://" + address.getHost() + (address.getPort() < 0 ? "" : ":" + address.getPort());
    }

    private URI address() throws LinkFault {
        return switch (spec.url()) {
            case ChannelSpec.Url.Plain(var text) -> URI.create(text);
            case ChannelSpec.Url.InSecret(var ref) -> {
                var text = secrets.read(ref).reveal();
                if (!ADDRESS.matcher(text).matches()) {
                    throw LinkFault.permanent("what is in " + ref.words() + " is no address; it begins with https://");
                }
                try {
                    yield URI.create(text);
                } catch (IllegalArgumentException _) { // its message quotes the address
                    throw LinkFault.permanent("what is in " + ref.words() + " is no address; it begins with https://");
                }
            }
        };
    }

    /// Over a connection of its own: one that was kept, and that the other side has just closed, would turn a harmless failure into a lost answer.
    @Override
    public Receipt send(Notification notification, Duration limit) throws InterruptedException {
        HttpRequest request;
        HttpClient client;
        try {
            request = request(notification);
            client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(limit.dividedBy(2)).sslContext(Trust.of(folder, spec.authority())).build();
        } catch (LinkFault fault) {
            return new Receipt.Refused(fault.why());
        }
        var shown = shown(request.uri());
        try {
            return receipt(answer(client, request, limit), shown);
        } catch (ConnectException e) {
            return new Receipt.Later(e.getCause() instanceof UnresolvedAddressException
                    ? "the host of " + shown + " is not known"
                    : "no connection to " + shown, null);
        } catch (HttpConnectTimeoutException _) {
            return new Receipt.Later("no connection to " + shown, null);
        } catch (SSLHandshakeException _) {
            return new Receipt.Refused("no trusted TLS connection to " + shown);
        } catch (TimeoutException _) {
            return new Receipt.Unknown("no full answer from " + shown + " within " + limit.toSeconds() + " s");
        } catch (IOException _) {
            return new Receipt.Unknown("the connection to " + shown + " was cut off before the answer was complete");
        } finally {
            client.shutdownNow();
        }
    }

    private static HttpResponse<byte[]> answer(HttpClient client, HttpRequest request, Duration limit)
            throws IOException, TimeoutException, InterruptedException {
        var exchange = client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST));
        try {
            return exchange.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
        } finally {
            exchange.cancel(true); // ends the exchange where it is still under way
        }
    }

    /// 408, 502 and 504 may come from something in between that had passed the request on.
    private Receipt receipt(HttpResponse<byte[]> response, String shown) {
        int status = response.statusCode();
        var words = "HTTP " + status + " from " + shown;
        if (status >= 200 && status < 300) {
            return new Receipt.Accepted(words);
        }
        if (status == 408 || status == 502 || status == 504) {
            return new Receipt.Unknown(words);
        }
        if (status == 429 || status >= 500) {
            return new Receipt.Later(words, retryAfter(response));
        }
        return new Receipt.Refused(words + (status < 400 ? ", a redirect, which is not followed" : ""));
    }

    private @Nullable Duration retryAfter(HttpResponse<byte[]> response) {
        return response.headers().firstValue("Retry-After").flatMap(text -> RetryAfter.of(text, time.now())).orElse(null);
    }

    private HttpRequest request(Notification notification) throws LinkFault {
        var body = JSON.writeValueAsString(Payload.json(spec, notification));
        var builder = HttpRequest.newBuilder(address())
                .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                .header("Content-Type", "application/json; charset=utf-8")
                .header("Lockkeeper-Notification", HeaderText.of(notification.id()));
        spec.headers().forEach(builder::header);
        for (var header : spec.secretHeaders().entrySet()) {
            builder.header(header.getKey(), header(header.getValue()));
        }
        switch (spec.auth()) {
            case Auth.Basic(var user, var password) -> builder.header("Authorization", "Basic " + Base64.getEncoder()
                    .encodeToString((user + ":" + secrets.read(password).reveal()).getBytes(StandardCharsets.UTF_8)));
            case Auth.Bearer(var token) -> builder.header("Authorization", "Bearer " + header(token));
            case null -> {
                // nobody asks who it is
            }
        }
        return builder.build();
    }

    private String header(SecretRef ref) throws LinkFault {
        var text = secrets.read(ref).reveal();
        if (text.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) { // the library's own complaint would quote it
            throw LinkFault.permanent("what is in " + ref.words() + " has characters that a header cannot carry");
        }
        return text;
    }
}
