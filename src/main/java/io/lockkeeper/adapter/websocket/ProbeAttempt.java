package io.lockkeeper.adapter.websocket;

import io.lockkeeper.adapter.websocket.ProbeSocket.Heard;
import io.lockkeeper.domain.environment.ProbeSpec;
import io.lockkeeper.port.Time;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.jspecify.annotations.Nullable;

/// One probe from beginning to end, on the caller's thread.
final class ProbeAttempt {
    /// How much longer than its limit a handshake is waited for, only to say how slow it is.
    private static final int PATIENCE = 3;
    private static final Duration GOODBYE = Duration.ofSeconds(2);
    private static final Duration BURST = Duration.ofMillis(300);
    private static final int ENOUGH = 3;

    private final ProbeSpec spec;
    private final URI address;
    private final @Nullable String expectedNode;
    private final Time time;
    private final long end;
    private final List<String> tokens = new ArrayList<>();
    private @Nullable ProbeSocket socket;

    ProbeAttempt(ProbeSpec spec, URI address, @Nullable String expectedNode, Time time, Duration limit) {
        this.spec = spec;
        this.address = address;
        this.expectedNode = expectedNode;
        this.time = time;
        this.end = time.ticks() + limit.toNanos();
    }

    /// @return what was met when all went well
    String run() throws Shortfall, InterruptedException {
        try {
            var first = begin();
            var token = first.token();
            if (token == null) {
                throw new Shortfall("the first message has no resume token at " + spec.session().token());
            }
            long last = spec.session().seq() == null ? 0 : number(spec.session().seq());
            last = leave(last);
            return resume(first, token, last);
        } catch (WebsocketNotConnectedException _) {
            throw new Shortfall("the connection ended before anything could be said");
        }
    }

    /// Leaves nothing open, whatever happened.
    void end() {
        var open = socket;
        if (open != null) {
            open.cut();
        }
    }

    String withoutTokens(String words) {
        var safe = words;
        for (var token : tokens) {
            safe = safe.replace(token, "***").replace(encoded(token), "***");
        }
        return safe;
    }

    private FirstFrame begin() throws Shortfall, InterruptedException {
        try {
            return firstFrame(dial(address), spec.session().hello());
        } catch (Shortfall shortfall) {
            throw new Shortfall("new session: " + shortfall.met());
        }
    }

    private String resume(FirstFrame before, String token, long last) throws Shortfall, InterruptedException {
        try {
            long begun = time.ticks();
            boolean inHandshake = spec.session().resume().text().startsWith("?");
            var known = Map.of("token", inHandshake ? encoded(token) : FirstFrame.escaped(token), "last", "" + last, "seq",
                    "" + last);
            var asked = spec.session().resume().fill(known);
            var again = firstFrame(dial(inHandshake ? with(asked) : address), inHandshake ? "" : asked);
            long took = Duration.ofNanos(time.ticks() - begun).toMillis();
            checkSession(before, again);
            if (spec.session().seq() == null) {
                hangUp();
                return "resumed in " + took + " ms; messages are not numbered";
            }
            int count = followers(spec.session().seq(), last);
            hangUp();
            return "resumed in " + took + " ms, " + count + (count == 1 ? " message" : " messages") + " replayed, none lost";
        } catch (Shortfall shortfall) {
            throw new Shortfall("resume: " + shortfall.met());
        }
    }

    private void checkSession(FirstFrame before, FirstFrame again) throws Shortfall {
        if (again.kind() != null && !again.kind().equals(spec.session().resumed())) {
            throw new Shortfall("came back as a new session (" + again.kind() + ")");
        }
        if (before.session() != null && again.session() != null && !before.session().equals(again.session())) {
            throw new Shortfall("came back as a new session (another session id)");
        }
    }

    private ProbeSocket dial(URI to) throws Shortfall, InterruptedException {
        long begun = time.ticks();
        var dialled = new ProbeSocket(to, spec.handshakeLimit());
        socket = dialled;
        dialled.connect();
        var heard = dialled.next(shorter(spec.handshakeLimit().multipliedBy(PATIENCE)));
        var took = Duration.ofNanos(time.ticks() - begun);
        var limit = seconds(spec.handshakeLimit());
        return switch (heard) {
            case null -> throw new Shortfall("no answer to the handshake within " + seconds(took) + ", limit " + limit);
            case Heard.Ended(var met) -> throw new Shortfall(met);
            case Heard.Opened _ when took.compareTo(spec.handshakeLimit()) > 0 ->
                throw new Shortfall("handshake took " + seconds(took) + ", limit " + limit);
            case Heard.Opened _,Heard.Text _ -> dialled;
        };
    }

    private FirstFrame firstFrame(ProbeSocket open, String say) throws Shortfall, InterruptedException {
        if (!say.isEmpty()) {
            open.send(say);
        }
        var first = FirstFrame.of(text(open, "no first message"), spec.session());
        if (first.token() != null) {
            tokens.add(first.token());
        }
        if (expectedNode != null && first.node() != null && !expectedNode.equals(first.node())) {
            throw new Shortfall("the node at this address says it is " + first.node() + ", expected " + expectedNode);
        }
        return first;
    }

    private String text(ProbeSocket open, String otherwise) throws Shortfall, InterruptedException {
        var limit = shorter(spec.messageLimit());
        return switch (open.next(limit)) {
            case Heard.Text(var text) -> text;
            case Heard.Ended(var met) -> throw new Shortfall(met);
            case null, default -> throw new Shortfall(otherwise + " within " + seconds(limit));
        };
    }

    /// The next message's number; messages without one are passed over.
    private long number(String pointer) throws Shortfall, InterruptedException {
        var open = opened();
        long until = time.ticks() + shorter(spec.messageLimit()).toNanos();
        while (time.ticks() < until) {
            var number = FirstFrame.number(text(open, "no numbered message"), pointer);
            if (number != null) {
                return number;
            }
        }
        throw new Shortfall("no numbered message within " + seconds(spec.messageLimit()));
    }

    /// Reads on after a resume: each message must be the one after the last.
    private int followers(String pointer, long last) throws Shortfall, InterruptedException {
        long at = next(number(pointer), last);
        int count = 1;
        while (count < ENOUGH) {
            var heard = opened().next(shorter(BURST));
            if (heard instanceof Heard.Ended(var met)) {
                throw new Shortfall("resumed, then " + met);
            }
            if (!(heard instanceof Heard.Text(var text))) {
                break;
            }
            var number = FirstFrame.number(text, pointer);
            if (number != null) {
                at = next(number, at);
                count++;
            }
        }
        return count;
    }

    private static long next(long number, long last) throws Shortfall {
        if (number <= last) {
            throw new Shortfall("message " + number + " came again after " + last);
        }
        if (number > last + 1) {
            throw new Shortfall((number - last - 1) + " messages lost: " + number + " came after " + last);
        }
        return number;
    }

    /// Says goodbye and takes what still comes in until the node has, too.
    private long leave(long last) throws Shortfall, InterruptedException {
        var open = opened();
        open.sayGoodbye();
        long until = time.ticks() + shorter(GOODBYE).toNanos();
        long at = last;
        while (time.ticks() < until) {
            var heard = open.next(Duration.ofNanos(until - time.ticks()));
            if (heard == null || heard instanceof Heard.Ended) {
                break;
            }
            var number = heard instanceof Heard.Text(var text) && spec.session().seq() != null
                    ? FirstFrame.number(text, spec.session().seq())
                    : null;
            at = number == null ? at : next(number, at);
        }
        open.cut();
        return at;
    }

    private void hangUp() throws InterruptedException {
        opened().sayGoodbye();
        long until = time.ticks() + GOODBYE.toNanos();
        while (time.ticks() < until) {
            var heard = opened().next(Duration.ofNanos(until - time.ticks()));
            if (heard == null || heard instanceof Heard.Ended) {
                return;
            }
        }
    }

    private ProbeSocket opened() {
        var open = socket;
        if (open == null) {
            throw new IllegalStateException("nothing was dialled");
        }
        return open;
    }

    private URI with(String query) {
        var whole = address.toString();
        return URI.create(whole.contains("?") ? whole + "&" + query.substring(1) : whole + query);
    }

    private Duration shorter(Duration limit) throws Shortfall {
        var left = Duration.ofNanos(end - time.ticks());
        if (!left.isPositive()) {
            throw new Shortfall("not finished in the time given for the probe");
        }
        return left.compareTo(limit) < 0 ? left : limit;
    }

    private static String encoded(String token) {
        return URLEncoder.encode(token, StandardCharsets.UTF_8);
    }

    private static String seconds(Duration duration) {
        var tenths = String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : tenths;
    }
}
