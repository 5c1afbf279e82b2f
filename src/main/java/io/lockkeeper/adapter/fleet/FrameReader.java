package io.lockkeeper.adapter.fleet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import org.jspecify.annotations.Nullable;

/// Takes a server's bytes apart into messages and control frames (RFC 6455), however they are cut. Nothing is copied but what is incomplete.
/// After a close frame or a violation it reads nothing more.
final class FrameReader {
    static final int LARGEST_MESSAGE = 1024 * 1024;
    static final int PROTOCOL_ERROR = 1002;
    static final int NOT_UTF8 = 1007;
    static final int TOO_BIG = 1009;
    /// What a close frame without a code stands for.
    static final int NO_CODE = 1005;

    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int LARGEST_CONTROL = 125;

    interface Sink {
        void text(String text);

        void ping(ByteBuf payload);

        void closed(int code);

        /// @param code of the close frame that answers it
        void violated(int code);
    }

    private final Sink sink;
    private final CharsetDecoder utf8;
    private @Nullable ByteBuf rest;
    private @Nullable ByteBuf fragments;
    private int fragmented;
    private boolean over;

    /// @param utf8 reports what is no UTF-8; may be shared by all readers of a thread
    FrameReader(Sink sink, CharsetDecoder utf8) {
        this.sink = sink;
        this.utf8 = utf8;
    }

    /// The bytes stay the caller's.
    void read(ByteBuf bytes) {
        var before = rest;
        if (before == null) {
            frames(bytes);
            rest = over || !bytes.isReadable()
                    ? null
                    : Unpooled.buffer(bytes.readableBytes() + LARGEST_CONTROL).writeBytes(bytes);
        } else {
            before.writeBytes(bytes);
            frames(before);
            rest = over || !before.isReadable() ? null : before.discardReadBytes();
        }
    }

    private void frames(ByteBuf in) {
        while (!over && in.readableBytes() >= 2) {
            int start = in.readerIndex();
            int first = in.getUnsignedByte(start);
            int second = in.getUnsignedByte(start + 1);
            int opcode = first & 0x0f;
            boolean last = (first & 0x80) != 0;
            int size = second & 0x7f;
            if ((first & 0x70) != 0 || (second & 0x80) != 0 || !known(opcode)
                    || (opcode >= CLOSE && (!last || size > LARGEST_CONTROL))) {
                violated(PROTOCOL_ERROR);
                return;
            }
            int header = size == 126 ? 4 : size == 127 ? 10 : 2;
            if (in.readableBytes() < header) {
                return;
            }
            long length = size == 126 ? in.getUnsignedShort(start + 2) : size == 127 ? in.getLong(start + 2) : size;
            if (length < 0 || length > LARGEST_MESSAGE) {
                violated(length < 0 ? PROTOCOL_ERROR : TOO_BIG);
                return;
            }
            if (in.readableBytes() < header + length) {
                return;
            }
            in.skipBytes(header);
            frame(opcode, last, in.readSlice((int) length));
        }
    }

    private static boolean known(int opcode) {
        return opcode <= BINARY || (opcode >= CLOSE && opcode <= PONG);
    }

    private void frame(int opcode, boolean last, ByteBuf payload) {
        switch (opcode) {
            case CLOSE -> close(payload);
            case PING -> sink.ping(payload);
            case PONG -> {
                // a sign of life, as every byte is
            }
            case CONTINUATION -> {
                if (fragments == null) {
                    violated(PROTOCOL_ERROR);
                } else {
                    data(fragmented, last, payload);
                }
            }
            default -> {
                if (fragments != null) {
                    violated(PROTOCOL_ERROR);
                } else {
                    data(opcode, last, payload);
                }
            }
        }
    }

    private void data(int opcode, boolean last, ByteBuf payload) {
        var before = fragments;
        if (before != null && before.readableBytes() + payload.readableBytes() > LARGEST_MESSAGE) {
            violated(TOO_BIG);
        } else if (!last) {
            fragmented = opcode;
            fragments = (before == null ? Unpooled.buffer(payload.readableBytes()) : before).writeBytes(payload);
        } else {
            fragments = null;
            message(opcode, before == null ? payload : before.writeBytes(payload));
        }
    }

    private void message(int opcode, ByteBuf payload) {
        if (opcode == TEXT) {
            var text = decoded(payload);
            if (text == null) {
                violated(NOT_UTF8);
            } else {
                sink.text(text);
            }
        }
    }

    private void close(ByteBuf payload) {
        int length = payload.readableBytes();
        int code = length < 2 ? NO_CODE : payload.readUnsignedShort();
        if (length == 1 || (length >= 2 && !mayBeSent(code))) {
            violated(PROTOCOL_ERROR);
        } else if (decoded(payload) == null) {
            violated(NOT_UTF8);
        } else {
            over = true;
            sink.closed(code);
        }
    }

    private static boolean mayBeSent(int code) {
        return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
    }

    private @Nullable String decoded(ByteBuf payload) {
        try {
            return utf8.decode(payload.nioBuffer()).toString();
        } catch (CharacterCodingException _) {
            return null;
        }
    }

    private void violated(int code) {
        over = true;
        fragments = null;
        sink.violated(code);
    }
}
