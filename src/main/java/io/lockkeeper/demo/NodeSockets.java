package io.lockkeeper.demo;

import io.lockkeeper.demo.SessionNotice.Kind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.java_websocket.WebSocket;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The WebSocket side of a node: begins, resumes, feeds and ends sessions the way its version does.
final class NodeSockets extends WebSocketServer implements HandshakeGate {
    static final int RESUME_REFUSED = 4403;
    static final int NOT_UNDERSTOOD = 4400;
    private static final int SECONDS_TO_HELLO = 10;
    private static final int KEPT_MESSAGES = 18_000; // an hour of them
    private static final Logger LOG = LoggerFactory.getLogger(NodeSockets.class);

    private final NodeIdentity identity;
    private final NodeMetrics metrics;
    private final SessionNotice.Listener listener;
    private final ScheduledExecutorService clock;
    private final Duration slowHandshake;
    private final CompletableFuture<Integer> started = new CompletableFuture<>();
    private final Map<WebSocket, NodeSession> sessions = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final GatedSocket.Factory gated;
    private volatile boolean stopping;

    NodeSockets(int port, NodeIdentity identity, NodeMetrics metrics, SessionNotice.Listener listener,
            ScheduledExecutorService clock, Duration slowHandshake) {
        super(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
        this.identity = identity;
        this.metrics = metrics;
        this.listener = listener;
        this.clock = clock;
        this.slowHandshake = slowHandshake;
        setReuseAddr(true);
        setTcpNoDelay(true);
        setDaemon(true);
        gated = new GatedSocket.Factory(this, clock);
        setWebSocketFactory(gated);
    }

    /// Completes with the port once it listens.
    CompletableFuture<Integer> started() {
        return started;
    }

    List<NodeSession> sessions() {
        return sessions.values().stream().sorted(Comparator.comparing(NodeSession::since).thenComparing(NodeSession::id))
                .toList();
    }

    /// Open connections, those included that have said nothing yet.
    int open() {
        return getConnections().size();
    }

    void tick() {
        long now = System.currentTimeMillis();
        sessions.values().forEach(session -> {
            try {
                session.sendDue(now);
            } catch (RuntimeException e) {
                LOG.warn("{}: session {} was not served: {}", identity.name(), session.id(), e.toString());
            }
        });
    }

    /// Ends every connection, also those that the library leaves hanging: in a handshake, or of clients that do not read.
    void stopWithin(Duration limit, String reason) throws InterruptedException {
        stopping = true;
        stop((int) limit.toMillis(), reason);
        gated.cut(reason);
    }

    /// The library opens a socket that was closed in the middle of its handshake, and closes it no second time: it would be counted for ever. It
    /// ends a socket under its monitor, so an end comes before or after this.
    @Override
    protected boolean addConnection(WebSocket socket) {
        synchronized (socket) {
            return !gated.hasEnded(socket) && super.addConnection(socket);
        }
    }

    @Override
    protected boolean onConnect(SelectionKey key) {
        return !stopping;
    }

    @Override
    public Verdict judge(String resource, String authorization) {
        var resume = ResumeRequest.ofResource(resource);
        if (resume.isPresent() && resume.get().token().isEmpty()) {
            return refuse(400, "bad_token", "resume token not understood", "");
        }
        if (resume.isPresent() && identity.version() == Version.BAD) {
            return refuse(503, "resume_refused", "resume refused", resume.get().token().map(SessionToken::session).orElse(""));
        }
        return identity.version() == Version.SLOW ? new Pass(slowHandshake) : PASS;
    }

    private Refuse refuse(int status, String label, String reason, String session) {
        rejected(label, session);
        return new Refuse(status, reason);
    }

    private void rejected(String label, String session) {
        metrics.rejected(label);
        listener.happened(SessionNotice.rejected(identity.name(), session, label));
    }

    @Override
    public void onStart() {
        started.complete(getPort());
    }

    @Override
    public void onOpen(WebSocket socket, ClientHandshake handshake) {
        ResumeRequest.ofResource(handshake.getResourceDescriptor()).ifPresentOrElse(request -> resume(socket, request),
                () -> awaitHello(socket));
    }

    private void awaitHello(WebSocket socket) {
        var _ = clock.schedule(() -> {
            if (socket.isOpen() && !sessions.containsKey(socket)) {
                rejected("no_hello", "");
                socket.close(NOT_UNDERSTOOD, "no hello within " + SECONDS_TO_HELLO + " s");
            }
        }, SECONDS_TO_HELLO, TimeUnit.SECONDS);
    }

    @Override
    public void onMessage(WebSocket socket, String text) {
        if (sessions.containsKey(socket)) {
            return; // the session has begun; nothing a client may say after that
        }
        try {
            var first = Json.parseObject(text);
            if (first.has("resume")) {
                resume(socket, ResumeRequest.of(first.path("resume").asString(""), first.path("last").asString("0")));
            } else if (first.path("hello").asBoolean(false)) {
                begin(socket, "new", fresh(), 0, null);
            } else {
                socket.close(NOT_UNDERSTOOD, "expected {\"hello\":true} or {\"resume\":\"...\",\"last\":n}");
            }
        } catch (IllegalArgumentException e) {
            socket.close(NOT_UNDERSTOOD, "expected {\"hello\":true} or {\"resume\":\"...\",\"last\":n}");
        }
    }

    private void resume(WebSocket socket, ResumeRequest request) {
        if (request.token().isEmpty()) {
            rejected("bad_token", "");
            socket.close(NOT_UNDERSTOOD, "resume token not understood");
            return;
        }
        var token = request.token().get();
        long behind = (System.currentTimeMillis() - token.start()) / NodeSession.MILLIS_PER_MESSAGE - request.last();
        if (identity.version() == Version.BAD) {
            rejected("resume_refused", token.session());
            socket.close(RESUME_REFUSED, "resume refused");
        } else if (identity.version() == Version.LOSS || behind > KEPT_MESSAGES) {
            begin(socket, "lost", fresh(), 0, token);
        } else {
            var mine = new SessionToken(token.session(), token.start(), identity.name());
            begin(socket, "resumed", mine, request.last(), token);
        }
    }

    private SessionToken fresh() {
        return new SessionToken("s-" + identity.instance() + "-" + numbers.incrementAndGet(), System.currentTimeMillis(),
                identity.name());
    }

    /// The library ends a socket under its monitor, so an end comes before or after this, never in between.
    private void begin(WebSocket socket, String kind, SessionToken token, long last, @Nullable SessionToken before) {
        synchronized (socket) {
            if (stopping || !socket.isOpen()) {
                return; // the node stops (the library opens a socket that was closed in its handshake), or the client has left
            }
            try {
                socket.send(Json
                        .text(Json.object("session", token.session(), "token", token.encode(), "node", identity.name(), "version",
                                identity.version().word(), "kind", kind, "seq", last)));
            } catch (WebsocketNotConnectedException _) {
                return;
            }
            var session = new NodeSession(token, socket, kind.equals("resumed"), last, Instant.now());
            sessions.put(socket, session);
            metrics.opened(kind);
            tellBegin(session, before);
        }
    }

    private void tellBegin(NodeSession session, @Nullable SessionToken before) {
        if (before == null) {
            tell(Kind.OPENED, session.id(), 0, session.last(), null);
        } else if (session.resumed()) {
            tell(Kind.RESUMED, session.id(), 0, session.last(), before.node());
        } else {
            tell(Kind.LOST, before.session(), 0, 0, before.node());
            tell(Kind.OPENED, session.id(), 0, 0, null);
        }
    }

    private void tell(Kind kind, String session, int code, long seq, @Nullable String from) {
        listener.happened(new SessionNotice(kind, identity.name(), session, code, seq, from, "", Instant.now()));
    }

    @Override
    public void onClose(WebSocket socket, int code, String reason, boolean remote) {
        var session = sessions.remove(socket);
        if (session != null) {
            int seen = session.closeCode(code);
            metrics.closed(seen);
            tell(Kind.CLOSED, session.id(), seen, session.last(), null);
        }
    }

    @Override
    public void onError(@Nullable WebSocket socket, Exception e) {
        if (!started.completeExceptionally(e)) {
            LOG.debug("{}: a connection failed: {}", identity.name(), e.toString());
        }
    }
}
