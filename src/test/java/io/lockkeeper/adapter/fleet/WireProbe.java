package io.lockkeeper.adapter.fleet;

import io.lockkeeper.domain.client.Failure;
import io.lockkeeper.domain.client.Loss;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A wire without a network: what it is given, what it tells, what it sends.
final class WireProbe implements Wire.Loop, Ear {
    private static final byte[] NONCE = new byte[16];
    private static final List<WireProbe> OPEN = new ArrayList<>();

    final List<String> told = new ArrayList<>();
    final Wire wire;
    private final Tools tools = Tools.fresh();
    private final Inbox inbox = new Inbox(Runnable::run);
    private final EmbeddedChannel channel;
    private int lingering;

    WireProbe() {
        this(List.of());
    }

    WireProbe(List<String> subprotocols) {
        wire = new Wire(this, this, new Handshake(NONCE, subprotocols), "/ws?resume=secret", "Host: h\r\n");
        channel = new EmbeddedChannel(wire);
        wire.on(channel);
        OPEN.add(this);
    }

    /// What was sent and not looked at.
    static void releaseAll() {
        OPEN.forEach(probe -> probe.channel.finishAndReleaseAll());
        OPEN.clear();
    }

    /// One whose handshake is over.
    static WireProbe opened() {
        var probe = new WireProbe();
        probe.hears(answer());
        probe.sent();
        probe.told.clear();
        return probe;
    }

    static byte[] answer(String... more) {
        var key = java.util.Base64.getEncoder().encodeToString(NONCE);
        return ascii(
                "HTTP/1.1 101 Switching Protocols\r\nupgrade: WebSocket\r\nConnection: keep-alive, Upgrade\r\nSec-WebSocket-Accept: "
                        + Handshake.accept(key) + "\r\n" + String.join("", more) + "\r\n");
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /// An unmasked frame, as a server sends it.
    static byte[] frame(int first, byte[] payload) {
        var out = Unpooled.buffer().writeByte(first);
        if (payload.length < 126) {
            out.writeByte(payload.length);
        } else if (payload.length < 0x10000) {
            out.writeByte(126).writeShort(payload.length);
        } else {
            out.writeByte(127).writeLong(payload.length);
        }
        return bytes(out.writeBytes(payload));
    }

    static byte[] text(String text) {
        return frame(0x81, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] close(int code) {
        return frame(0x88, new byte[]{(byte) (code >> 8), (byte) code});
    }

    private static byte[] bytes(ByteBuf buffer) {
        var bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        return bytes;
    }

    WireProbe hears(byte[]... reads) {
        for (var read : reads) {
            if (channel.isOpen()) {
                channel.writeInbound(Unpooled.copiedBuffer(read));
            }
        }
        return this;
    }

    WireProbe isCut() {
        channel.finishAndReleaseAll();
        OPEN.remove(this);
        return this;
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    int lingering() {
        return lingering;
    }

    /// Whole frames that were sent, each as its opcode and its unmasked payload.
    List<String> sent() {
        var frames = new ArrayList<String>();
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            if (out.getByte(out.readerIndex()) == 'G') {
                frames.add(out.toString(StandardCharsets.US_ASCII));
            } else {
                frames.add(unmasked(out));
            }
            out.release();
        }
        return frames;
    }

    private static String unmasked(ByteBuf frame) {
        int opcode = frame.readUnsignedByte();
        int size = frame.readUnsignedByte();
        if ((size & 0x80) == 0) {
            return "not masked";
        }
        int length = (size & 0x7f) == 126
                ? frame.readUnsignedShort()
                : (size & 0x7f) == 127 ? (int) frame.readLong() : size & 0x7f;
        var mask = new byte[4];
        frame.readBytes(mask);
        var payload = new byte[length];
        frame.readBytes(payload);
        for (int i = 0; i < length; i++) {
            payload[i] ^= mask[i & 3];
        }
        var words = opcode == 0x88 && length == 2
                ? "" + ((payload[0] & 0xff) << 8 | (payload[1] & 0xff))
                : new String(payload, StandardCharsets.UTF_8);
        return Integer.toHexString(opcode) + " " + words;
    }

    @Override
    public void opened(Line line, long at) {
        told.add("opened");
    }

    @Override
    public void text(Line line, long at, String text) {
        told.add("text " + text);
    }

    @Override
    public void failed(Line line, long at, Failure failure) {
        told.add("failed " + failure.cause() + " " + failure.status());
    }

    @Override
    public void lost(Line line, long at, Loss loss) {
        told.add("lost " + loss.way() + " " + loss.code());
    }

    @Override
    public Inbox inbox() {
        return inbox;
    }

    @Override
    public Tools tools() {
        return tools;
    }

    @Override
    public void linger(Line line) {
        lingering++;
    }
}
