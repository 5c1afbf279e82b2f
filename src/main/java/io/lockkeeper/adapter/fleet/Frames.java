package io.lockkeeper.adapter.fleet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/// A client's frames, each whole and masked as RFC 6455 asks.
final class Frames {
    private static final int TEXT = 0x81;
    private static final int CLOSE = 0x88;
    private static final int PING = 0x89;
    private static final int PONG = 0x8a;
    private static final byte[] NOTHING = {};

    private Frames() {}

    static ByteBuf text(ByteBufAllocator allocator, RandomGenerator random, String text) {
        return frame(allocator, random, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    static ByteBuf ping(ByteBufAllocator allocator, RandomGenerator random) {
        return frame(allocator, random, PING, NOTHING);
    }

    static ByteBuf pong(ByteBufAllocator allocator, RandomGenerator random, byte[] payload) {
        return frame(allocator, random, PONG, payload);
    }

    static ByteBuf close(ByteBufAllocator allocator, RandomGenerator random, int code) {
        var payload = code == FrameReader.NO_CODE ? NOTHING : new byte[]{(byte) (code >> 8), (byte) code};
        return frame(allocator, random, CLOSE, payload);
    }

    private static ByteBuf frame(ByteBufAllocator allocator, RandomGenerator random, int first, byte[] payload) {
        int length = payload.length;
        var out = allocator.ioBuffer(length + 14);
        out.writeByte(first);
        if (length < 126) {
            out.writeByte(0x80 | length);
        } else if (length < 0x10000) {
            out.writeByte(0x80 | 126).writeShort(length);
        } else {
            out.writeByte(0x80 | 127).writeLong(length);
        }
        int mask = random.nextInt();
        out.writeInt(mask);
        for (int i = 0; i < length; i++) {
            out.writeByte(payload[i] ^ (mask >> (24 - 8 * (i & 3))));
        }
        return out;
    }
}
