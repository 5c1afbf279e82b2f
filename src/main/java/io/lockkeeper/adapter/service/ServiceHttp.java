package io.lockkeeper.adapter.service;

import io.lockkeeper.domain.doc.Durations;
import io.lockkeeper.port.HeaderText;
import io.lockkeeper.domain.environment.ServiceSpec;
import io.lockkeeper.port.Call;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.Reply;
import io.lockkeeper.port.Secrets;
import io.lockkeeper.port.Time;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
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
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// HTTP as the admin API wants it. Readings fail with a [LinkFault]; orders always end in a [Reply] and are sent once.
final class ServiceHttp {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int LARGEST = 8 * 1024 * 1024;
    private static final Duration LONGEST_ORDER = Duration.ofSeconds(10);
    private static final int MOST_WORDS = 300;

    private final HttpClient client;
    private final ServiceSpec spec;
    private final Secrets secrets;
    private final Time time;

    ServiceHttp(ServiceSpec spec, HttpClient client, Secrets secrets, Time time) {
        this.spec = spec;
        this.client = client;
        this.secrets = secrets;
        this.time = time;
    }

    /// @param feed number of the last feed event that the answer surely knows of; -1 where the service does not say
    record Answer(String body, String shown, long feed) {
        JsonNode json() throws LinkFault {
            try {
                return MAPPER.readTree(body);
            } catch (JacksonException _) { // its message quotes the body
                throw LinkFault.passing("the answer of " + shown + " is not JSON");
            }
        }
    }

    Answer get(String path, Duration limit) throws LinkFault, InterruptedException {
        var shown = spec.url() + path;
        var request = HttpRequest.newBuilder(URI.create(shown)).header("Authorization", authorization()).GET().build();
        HttpResponse<byte[]> answer;
        try {
            answer = exchange(client, request, limit);
        } catch (IOException | TimeoutException e) {
            throw fault(e, shown, limit);
        }
        int status = answer.statusCode();
        if (status == 401 || status == 403) {
            throw LinkFault.permanent(wrongCredentials(status));
        }
        if (status == 404) {
            throw LinkFault.permanent(shown + " does not exist there (HTTP 404): " + words(answer));
        }
        if (status != 200) {
            throw LinkFault.passing(shown + " answered HTTP " + status + ": " + words(answer));
        }
        return new Answer(text(answer), shown,
                answer.headers().firstValue("Lockkeeper-Feed").map(ServiceHttp::number).orElse(-1L));
    }

    /// Sends an order over a connection of its own: a kept one that the other side has just closed would turn a harmless failure into an
    /// unknown outcome.
    Reply post(String path, String body, Call call) throws InterruptedException {
        var left = Duration.between(time.now(), call.deadline());
        if (!left.isPositive()) {
            return new Reply.Refused("not sent: its deadline had passed");
        }
        var limit = left.compareTo(LONGEST_ORDER) < 0 ? left : LONGEST_ORDER;
        HttpRequest request;
        try {
            request = HttpRequest.newBuilder(URI.create(spec.url() + path)).header("Authorization", authorization())
                    .header("Lockkeeper-Op", HeaderText.of(call.op())).header("Lockkeeper-Actor", HeaderText.of(call.actor()))
                    .header("Lockkeeper-Reason", HeaderText.of(call.reason())).header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body)).build();
        } catch (LinkFault fault) {
            return new Reply.Refused("not sent: " + fault.why());
        }
        var own = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limit.dividedBy(2)).build();
        try {
            return reply(exchange(own, request, limit));
        } catch (ConnectException | HttpConnectTimeoutException e) {
            return new Reply.Refused("not sent: " + fault(e, spec.url(), limit).why());
        } catch (IOException | TimeoutException e) {
            return new Reply.NoAnswer(fault(e, spec.url() + path, limit).why());
        } finally {
            own.shutdownNow();
        }
    }

    private Reply reply(HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        var words = words(answer);
        if (status == 401 || status == 403) {
            return new Reply.Refused(wrongCredentials(status));
        }
        if (status == 409 && words.contains("already taken")) {
            return new Reply.NoAnswer("the service has had this op before: " + words);
        }
        if (status >= 400 && status < 500) {
            return new Reply.Refused(words.isEmpty() ? "HTTP " + status : words);
        }
        return status >= 200 && status < 300
                ? new Reply.Accepted("HTTP " + status)
                : new Reply.NoAnswer("HTTP " + status + (words.isEmpty() ? "" : ": " + words));
    }

    String authorization() throws LinkFault {
        var token = secrets.read(spec.token()).reveal();
        if (token.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) { // the library's own complaint would quote it
            throw LinkFault.permanent("the token in " + spec.token().words() + " has characters that a header cannot carry");
        }
        return "Bearer " + token;
    }

    private String wrongCredentials(int status) {
        return "wrong credentials for " + spec.url() + " (HTTP " + status + "): the token in " + spec.token().words();
    }

    private static HttpResponse<byte[]> exchange(HttpClient client, HttpRequest request, Duration limit)
            throws IOException, TimeoutException, InterruptedException {
        var exchange = client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST));
        try {
            return exchange.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failed ? failed : new IOException(e);
        } finally {
            exchange.cancel(true); // ends the exchange where it is still under way
        }
    }

    private static LinkFault fault(Exception cause, String shown, Duration limit) {
        return switch (cause) {
            case HttpConnectTimeoutException _ -> LinkFault.passing("no TCP connection to " + shown + " in time", cause);
            case TimeoutException _,HttpTimeoutException _ ->
                LinkFault.passing("no full answer within " + Durations.words(limit) + " from " + shown, cause);
            case ConnectException refused when refused.getCause() instanceof UnresolvedAddressException ->
                LinkFault.passing("the host of " + shown + " is not known", refused);
            case ConnectException refused -> LinkFault.passing("connection refused: " + shown, refused);
            case SSLException tls -> LinkFault.permanent("no trusted TLS connection to " + shown, tls);
            case IOException large when String.valueOf(large.getMessage()).contains("exceeds capacity") ->
                LinkFault.passing("the answer of " + shown + " is larger than 8 MiB", large);
            default -> LinkFault.passing("the connection to " + shown + " was cut off before the answer was complete", cause);
        };
    }

    /// The service's own words, as far as they are fit to show.
    private String words(HttpResponse<byte[]> answer) {
        var text = text(answer);
        try {
            var error = MAPPER.readTree(text).path("error");
            text = error.isString() ? error.asString() : "";
        } catch (JacksonException _) {
            // not in the contract's shape: as it is
        }
        var plain = text.replaceAll("\\p{Cntrl}+", " ").strip();
        var token = token();
        var safe = token == null ? plain : plain.replace(token, "***");
        return safe.length() > MOST_WORDS ? safe.substring(0, MOST_WORDS) + "..." : safe;
    }

    private @Nullable String token() {
        try {
            return secrets.read(spec.token()).reveal();
        } catch (LinkFault _) {
            return null;
        }
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static long number(String text) {
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
    }
}
