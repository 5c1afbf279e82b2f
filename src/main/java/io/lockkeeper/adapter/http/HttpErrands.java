package io.lockkeeper.adapter.http;

import io.lockkeeper.port.HeaderText;
import io.lockkeeper.domain.environment.ErrandKind;
import io.lockkeeper.domain.environment.ErrandSpec;
import io.lockkeeper.domain.environment.PinnedErrands;
import io.lockkeeper.domain.run.Order;
import io.lockkeeper.domain.runbook.Readback;
import io.lockkeeper.port.Call;
import io.lockkeeper.port.Errands;
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
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;

/// The HTTP calls of an environment file. Of an answer's body nothing is ever shown but the one value that a confirmation names.
public final class HttpErrands implements Errands {
    private static final Duration UNKNOWN_SETTLES = Duration.ofHours(1);
    private static final int MOST_WORDS = 60;

    private final PinnedErrands errands;
    private final HttpClient client;
    private final Secrets secrets;
    private final Time time;

    /// @param client for what only asks; see [HttpNodeView#client()]
    public HttpErrands(PinnedErrands errands, HttpClient client, Secrets secrets, Time time) {
        this.errands = errands;
        this.client = client;
        this.secrets = secrets;
        this.time = time;
    }

    /// Sends over a connection of its own: a kept one that the other side has just closed would turn a harmless failure into an unknown
    /// outcome.
    @Override
    public Reply send(Order.Errand order, Call call) throws InterruptedException {
        var left = Duration.between(time.now(), call.deadline());
        if (!left.isPositive()) {
            return new Reply.Refused("not sent: its deadline had passed");
        }
        HttpRequest request;
        String shown;
        try {
            var spec = spec(order.name());
            if (spec.method().onlyAsks()) {
                return new Reply.Refused("not sent: call " + spec.name() + " only asks");
            }
            var builder = request(spec, order).header("Lockkeeper-Op", HeaderText.of(call.op()))
                    .header("Lockkeeper-Actor", HeaderText.of(call.actor()))
                    .header("Lockkeeper-Reason", HeaderText.of(call.reason()));
            var authorization = new Credentials(spec.auth(), secrets).authorization();
            if (authorization != null) {
                builder.header("Authorization", authorization);
            }
            request = builder.build();
            shown = HttpReader.shown(request.uri());
        } catch (LinkFault fault) {
            return new Reply.Refused("not sent: " + fault.why());
        }
        var own = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(left.dividedBy(2)).build();
        try {
            return reply(status(own, request, left), shown);
        } catch (ConnectException | HttpConnectTimeoutException _) {
            return new Reply.Refused("not sent: no connection to " + shown);
        } catch (SSLHandshakeException _) {
            return new Reply.Refused("not sent: no trusted TLS connection to " + shown);
        } catch (TimeoutException _) {
            return new Reply.NoAnswer("no full answer from " + shown + " by the deadline");
        } catch (IOException _) {
            return new Reply.NoAnswer("the connection to " + shown + " was cut off before the answer was complete");
        } finally {
            own.shutdownNow();
        }
    }

    private static int status(HttpClient own, HttpRequest request, Duration limit)
            throws IOException, TimeoutException, InterruptedException {
        var exchange = own.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), HttpReader.LARGEST));
        try {
            return exchange.get(limit.toNanos(), TimeUnit.NANOSECONDS).statusCode();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
        } finally {
            exchange.cancel(true); // ends the exchange where it is still under way
        }
    }

    /// 408 may come from something in between that had passed the request on; so may everything from 500.
    static Reply reply(int status, String shown) {
        var words = "HTTP " + status + " from " + shown;
        if (status >= 200 && status < 300) {
            return new Reply.Accepted("HTTP " + status);
        }
        return status >= 400 && status < 500 && status != 408 ? new Reply.Refused(words) : new Reply.NoAnswer(words);
    }

    @Override
    public String read(Order.Errand order, Duration limit) throws LinkFault, InterruptedException {
        var confirm = order.confirm();
        var spec = spec(confirm.asked());
        if (!spec.method().onlyAsks()) {
            throw LinkFault.permanent("call " + spec.name() + " does something and is no confirmation");
        }
        var request = request(spec, order).header("Cache-Control", "no-cache");
        var shown = HttpReader.shown(URI.create(spec.url().fill(values(order))));
        var page = new HttpReader(client, spec.auth(), secrets).ask(request, shown, limit);
        return switch (confirm) {
            case Readback.Answers(_, int status) -> {
                if (page.status() != status && page.status() >= 500) {
                    throw LinkFault.passing(shown + " answered HTTP " + page.status());
                }
                yield "HTTP " + page.status();
            }
            case Readback.Says(_, var json, var is) -> {
                if (!page.isGood()) {
                    throw LinkFault.passing(shown + " answered HTTP " + page.status() + " instead of saying anything at " + json);
                }
                var text = page.at(json);
                if (text == null) {
                    throw LinkFault.passing(shown + " has nothing at " + json);
                }
                yield text.equals(is) ? is : other(text, is, spec);
            }
            case Readback.Prints _,Readback.Person _ ->
                throw new IllegalArgumentException("not confirmed by a call: " + order.target());
        };
    }

    private String other(String text, String expected, ErrandSpec.Call spec) throws LinkFault {
        var shown = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
        for (var ref : spec.secretHeaders().values()) {
            shown = shown.replace(secrets.read(ref).reveal(), "***");
        }
        var authorization = new Credentials(spec.auth(), secrets).authorization();
        if (authorization != null) {
            shown = shown.replace(authorization.substring(authorization.indexOf(' ') + 1), "***");
        }
        shown = shown.length() > MOST_WORDS ? shown.substring(0, MOST_WORDS) + "..." : shown;
        return shown.equals(expected) ? shown + " and more" : shown;
    }

    @Override
    public Duration settlesWithin(Order.Errand order) {
        return errands.find(ErrandKind.HTTP, order.name()).map(ErrandSpec::settlesWithin).orElse(UNKNOWN_SETTLES);
    }

    /// A request ends with its connection; what the other side still does with it is its settling time.
    @Override
    public boolean mayStillRun(String op) {
        return false;
    }

    private ErrandSpec.Call spec(String name) throws LinkFault {
        if (errands.find(ErrandKind.HTTP, name).orElse(null) instanceof ErrandSpec.Call spec) {
            return spec;
        }
        throw LinkFault.permanent("the environment file has no call " + name);
    }

    private Map<String, String> values(Order.Errand order) {
        return errands.values(order.node(), order.version());
    }

    /// Without `Authorization`.
    private HttpRequest.Builder request(ErrandSpec.Call spec, Order.Errand order) throws LinkFault {
        var version = order.version();
        if (version != null && !ErrandSpec.canFill(version)) {
            throw LinkFault.permanent("the version given cannot be part of a call: letters, digits, '-', '_' and '.'");
        }
        var values = values(order);
        var missing = spec.missing(values);
        if (missing.isPresent()) {
            throw LinkFault.permanent("call " + spec.name() + " asks for {" + missing.get() + "}, and there is none");
        }
        var body = spec.body();
        var builder = HttpRequest.newBuilder(URI.create(spec.url().fill(values))).method(spec.method().name(),
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.fill(values)));
        spec.headers().forEach((name, value) -> builder.header(name, value.fill(values)));
        for (var header : spec.secretHeaders().entrySet()) {
            builder.header(header.getKey(), Credentials.header(header.getValue(), secrets));
        }
        return builder;
    }
}
