package io.lockkeeper.adapter.fleet;

import io.lockkeeper.domain.client.Failure;
import io.lockkeeper.domain.client.Failure.Cause;
import io.lockkeeper.domain.client.Loss;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// One WebSocket connection: handshake, frames, ping and pong, close. It stamps what it reads and puts it into the loop's inbox; of all
/// that it answers only pings and closes at once.
final class Wire extends ChannelInboundHandlerAdapter implements Line, FrameReader.Sink {
    private final Loop loop;
    private final Ear ear;
    private final FrameReader frames;
    private final String head;
    private final String resource;
    private @Nullable Handshake handshake;
    private @Nullable Channel channel;
    private boolean told;
    private boolean opened;
    private boolean saidClose;
    private long heard;

    /// What a line needs of its loop.
    interface Loop {
        Inbox inbox();

        Tools tools();

        /// The line has said its last and waits for the peer to end the connection: not for longer than a moment.
        void linger(Line line);
    }

    Wire(Loop loop, Ear ear, Handshake handshake, String resource, String head) {
        this.loop = loop;
        this.ear = ear;
        this.handshake = handshake;
        this.resource = resource;
        this.head = head;
        this.frames = new FrameReader(this, loop.tools().utf8());
        this.heard = System.nanoTime();
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        channel = ctx.channel();
        var shake = handshake;
        if (shake != null) {
            send(ctx.channel(), ByteBufUtil.writeAscii(ctx.alloc(), shake.request(resource, head)));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        heard = System.nanoTime();
        try {
            if (!told) {
                read((ByteBuf) message);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(ByteBuf bytes) {
        var shake = handshake;
        if (shake == null) {
            frames.read(bytes);
            return;
        }
        var whole = shake.whole(bytes);
        switch (shake.read(whole)) {
            case Handshake.Progress.Incomplete() -> {
                // the rest will come, or time will run out
            }
            case Handshake.Progress.Accepted() -> {
                handshake = null;
                opened = true;
                loop.inbox().opened(this, ear, heard);
                frames.read(whole);
            }
            case Handshake.Progress.Refused(var failure) -> {
                end(failure);
                endLater();
            }
        }
    }

    @Override
    public void text(String text) {
        loop.inbox().text(this, ear, heard, text);
    }

    @Override
    public void ping(ByteBuf payload) {
        var open = channel;
        if (open != null && open.isWritable()) {
            send(open, Frames.pong(open.alloc(), loop.tools().random(), ByteBufUtil.getBytes(payload)));
        }
    }

    @Override
    public void closed(int code) {
        tell(Loss.closed(code));
        loop.inbox().later(() -> sayGoodbye(code));
    }

    @Override
    public void violated(int code) {
        tell(Loss.of(Loss.Way.NONSENSE));
        loop.inbox().later(() -> sayGoodbye(code));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            cutOff(Cause.CUT);
            endLater();
        } else if (event instanceof SslHandshakeCompletionEvent tls && !tls.isSuccess()) {
            cutOff(Cause.TLS);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        boolean tls = cause instanceof SSLException
                || (cause instanceof DecoderException && cause.getCause() instanceof SSLException);
        cutOff(tls ? Cause.TLS : Cause.CUT);
        endLater();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        cutOff(Cause.CUT);
    }

    /// The connection could not be made.
    void unreachable(Cause cause) {
        end(Failure.of(cause));
    }

    private void cutOff(Cause cause) {
        if (opened) {
            tell(Loss.of(Loss.Way.CUT));
        } else {
            end(Failure.of(cause));
        }
    }

    private void tell(Loss loss) {
        if (!told) {
            told = true;
            loop.inbox().lost(this, ear, System.nanoTime(), loss);
        }
    }

    private void end(Failure failure) {
        if (!told) {
            told = true;
            loop.inbox().failed(this, ear, System.nanoTime(), failure);
        }
    }

    private void endLater() {
        loop.inbox().later(this::cut);
    }

    private void sayGoodbye(int code) {
        if (saidClose) {
            cut(); // this was the answer to ours, and both are out
        } else {
            close(code);
        }
    }

    @Override
    public void say(String text) {
        var open = channel;
        if (open != null && open.isWritable()) {
            send(open, Frames.text(open.alloc(), loop.tools().random(), text));
        }
    }

    @Override
    public void ping() {
        var open = channel;
        if (open != null && open.isWritable()) {
            send(open, Frames.ping(open.alloc(), loop.tools().random()));
        }
    }

    @Override
    public void close(int code) {
        var open = channel;
        if (open == null || !open.isActive()) {
            cut();
            return;
        }
        saidClose = true;
        send(open, Frames.close(open.alloc(), loop.tools().random(), code));
        loop.linger(this);
    }

    private static void send(Channel open, ByteBuf frame) {
        var _ = open.writeAndFlush(frame).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    @Override
    public void cut() {
        told = true;
        var open = channel;
        if (open != null) {
            var _ = open.close();
        }
    }

    @Override
    public long heard() {
        return heard;
    }

    /// Known before the connection is there, so that it can be given up meanwhile.
    void on(Channel own) {
        channel = own;
    }

    @Override
    public String toString() {
        return "Wire"; // request and messages hold secrets
    }
}
