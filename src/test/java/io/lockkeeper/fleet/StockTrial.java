package io.lockkeeper.fleet;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The same clients with Netty's own WebSocket handlers, as they come, on one loop: what the fleet is compared with. Same orders as [FleetTrial].
public final class StockTrial {
    private static final int AT_ONCE = 100;
    private static final long BASE = 250;
    private static final long CAP = 5000;

    private final int port;
    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final SplittableRandom random = new SplittableRandom(7);
    private final List<Client> clients = new ArrayList<>();
    private final Queue<Client> arriving = new ArrayDeque<>();
    private final Map<Client, String> over = new ConcurrentHashMap<>();
    private final AtomicInteger connected = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger back = new AtomicInteger();
    private long baseline;

    private StockTrial(int port) {
        this.port = port;
    }

    public static void main(String[] arguments) throws Exception {
        var trial = new StockTrial(Integer.parseInt(arguments[0]));
        trial.warmUp();
        trial.add(Integer.parseInt(arguments[1]));
        Orders.obey(trial::order);
        trial.group.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
    }

    private void add(int count) {
        for (int i = 0; i < count; i++) {
            clients.add(new Client());
        }
    }

    private void warmUp() throws InterruptedException {
        add(Orders.WARM_UP);
        start();
        for (int i = 0; i < 200 && connected.get() < Orders.WARM_UP; i++) {
            Thread.sleep(20);
        }
        loop.execute(() -> {
            clients.forEach(Client::leave);
            clients.clear();
        });
        Thread.sleep(300);
        connected.set(0);
        Orders.collect();
        baseline = Orders.resident();
    }

    private void start() {
        loop.execute(() -> {
            arriving.addAll(clients);
            for (int i = 0; i < AT_ONCE; i++) {
                arrive();
            }
        });
    }

    private void arrive() {
        var next = arriving.poll();
        if (next != null) {
            next.dial();
        }
    }

    private String order(String verb, String argument) throws IOException, InterruptedException {
        switch (verb) {
            case "start" -> start();
            case "outages" -> {
                Files.write(Path.of(argument), over.values());
                over.clear();
            }
            case "memory" -> {
                return Orders.memory(baseline);
            }
            case "stop" -> loop.execute(() -> clients.forEach(Client::leave));
            default -> {
                // counts: told below
            }
        }
        return String.format(Locale.ROOT, "{\"connected\": %d, \"lost\": %d, \"back\": %d, \"cpuMicros\": %d}", connected.get(),
                lost.get(),
                back.get(), Orders.cpuMicros());
    }

    private final class Client {
        private @Nullable String session;
        private @Nullable Channel channel;
        private boolean left;
        private boolean open;
        private int attempt;
        private long lostAt;

        void dial() {
            if (left) {
                return;
            }
            var uri = URI
                    .create("ws://127.0.0.1:" + port + "/ws" + (session == null ? "" : "?resume=secret-" + session + "&last=0"));
            var handler = new Handler(this);
            var _ = new Bootstrap().group(loop).channel(NioSocketChannel.class).handler(new ChannelInitializer<Channel>() {
                @Override
                protected void initChannel(Channel made) {
                    made.pipeline().addLast(new HttpClientCodec(), new HttpObjectAggregator(8192),
                            new WebSocketClientProtocolHandler(uri, WebSocketVersion.V13, null, false, new DefaultHttpHeaders(),
                                    65536),
                            handler);
                }
            }).connect("127.0.0.1", port).addListener(connecting -> {
                if (!connecting.isSuccess()) {
                    again();
                }
            });
        }

        private void again() {
            if (!left) {
                long ceiling = Math.min(CAP, BASE << Math.min(attempt++, 5));
                var _ = loop.schedule(this::dial, (long) (ceiling * random.nextDouble()), TimeUnit.MILLISECONDS);
            }
        }

        void greeted(String text) {
            if (open) {
                return;
            }
            open = true;
            attempt = 0;
            connected.incrementAndGet();
            if (session == null) {
                int begin = text.indexOf("\"session\": \"") + 12;
                session = text.substring(begin, text.indexOf('"', begin));
                arrive();
            } else {
                back.incrementAndGet();
                over.put(this, session + " " + (System.nanoTime() - lostAt) + " 1");
            }
        }

        void ended() {
            channel = null;
            if (open && !left) {
                lost.incrementAndGet();
            }
            if (open) {
                open = false;
                connected.decrementAndGet();
                lostAt = System.nanoTime();
            }
            again();
        }

        void leave() {
            left = true;
            if (channel != null) {
                var _ = channel.writeAndFlush(new CloseWebSocketFrame(1000, ""));
            }
        }
    }

    private static final class Handler extends SimpleChannelInboundHandler<WebSocketFrame> {
        private final Client client;
        private boolean told;

        Handler(Client client) {
            this.client = client;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event == WebSocketClientProtocolHandler.ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
                client.channel = ctx.channel();
                if (client.session == null) {
                    var _ = ctx.writeAndFlush(new TextWebSocketFrame("{\"hello\":true}"));
                }
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
            if (frame instanceof TextWebSocketFrame text) {
                client.greeted(text.text());
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            if (!told) {
                told = true;
                client.ended();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            var _ = ctx.close();
        }
    }
}
