package io.lockkeeper.adapter.fleet;

import io.lockkeeper.domain.client.Failure;
import io.lockkeeper.domain.client.Failure.Cause;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The opening handshake of one attempt: what is asked, and whether the answer is one. Forgotten once it is over.
final class Handshake {
    private static final String ANY_SERVER = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int LONGEST_ANSWER = 16 * 1024;
    private static final int SWITCHED = 101;
    private static final byte[] HTTP = "HTTP/1.".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5]\\d\\d)(?: .*)?");
    private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

    sealed interface Progress {
        /// The answer is not whole yet.
        record Incomplete() implements Progress {}

        /// The answer is taken out of the bytes; what is left of them are frames.
        record Accepted() implements Progress {}

        record Refused(Failure failure) implements Progress {}
    }

    private static final Progress INCOMPLETE = new Progress.Incomplete();
    private static final Progress ACCEPTED = new Progress.Accepted();
    private static final Progress NONSENSE = new Progress.Refused(Failure.of(Cause.NONSENSE));

    private final String key;
    private final List<String> subprotocols;
    private @Nullable ByteBuf rest;

    /// @param nonce 16 random bytes
    /// @param subprotocols that are offered
    Handshake(byte[] nonce, List<String> subprotocols) {
        this.key = Base64.getEncoder().encodeToString(nonce);
        this.subprotocols = subprotocols;
    }

    /// @param head every line that is the same for each attempt, the last with its end
    String request(String resource, String head) {
        return "GET " + resource + " HTTP/1.1\r\n" + head + "Sec-WebSocket-Key: " + key + "\r\n\r\n";
    }

    /// Everything read so far and not used; the handshake's own where it had to be kept, else the caller's.
    ByteBuf whole(ByteBuf bytes) {
        var before = rest;
        if (before == null) {
            return bytes;
        }
        before.writeBytes(bytes);
        return before;
    }

    /// @param whole see [#whole]
    Progress read(ByteBuf whole) {
        int start = whole.readerIndex();
        int size = whole.readableBytes();
        for (int i = 0; i < Math.min(size, HTTP.length); i++) {
            if (whole.getByte(start + i) != HTTP[i]) {
                return NONSENSE;
            }
        }
        int end = endOfHead(whole);
        int status = status(whole, start, end < 0 ? start + size : end);
        if (status < 0) {
            return NONSENSE;
        }
        if (status > 0 && status != SWITCHED) {
            return new Progress.Refused(new Failure(Cause.STATUS, status));
        }
        if (end < 0) {
            return size > LONGEST_ANSWER ? NONSENSE : keep(whole);
        }
        var lines = whole.toString(start, end - start, StandardCharsets.ISO_8859_1).split("\r\n", -1);
        whole.readerIndex(end + 4);
        return accepted(lines) ? ACCEPTED : NONSENSE;
    }

    private Progress keep(ByteBuf whole) {
        if (rest == null) {
            rest = Unpooled.buffer(whole.readableBytes() + 256).writeBytes(whole);
        }
        return INCOMPLETE;
    }

    private static int endOfHead(ByteBuf bytes) {
        int last = bytes.writerIndex() - 3;
        for (int i = bytes.readerIndex(); i < last; i++) {
            if (bytes.getInt(i) == 0x0d0a0d0a) {
                return i;
            }
        }
        return -1;
    }

    /// 0 while the line is not whole, negative where it is none.
    private static int status(ByteBuf bytes, int start, int end) {
        int lineEnd = bytes.indexOf(start, end, (byte) '\r');
        if (lineEnd < 0 && end == bytes.writerIndex()) {
            return 0;
        }
        var line = bytes.toString(start, (lineEnd < 0 ? end : lineEnd) - start, StandardCharsets.ISO_8859_1);
        var status = STATUS.matcher(line);
        return status.matches() ? Integer.parseInt(status.group(1)) : -1;
    }

    private boolean accepted(String[] lines) {
        boolean upgraded = false;
        boolean connection = false;
        String accept = null;
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon < 1) {
                return false;
            }
            var value = lines[i].substring(colon + 1).strip();
            switch (lines[i].substring(0, colon).toLowerCase(Locale.ROOT)) {
                case "upgrade" -> upgraded = value.equalsIgnoreCase("websocket");
                case "connection" -> connection |= List.of(COMMA.split(value.toLowerCase(Locale.ROOT))).contains("upgrade");
                case "sec-websocket-accept" -> accept = value;
                case "sec-websocket-extensions" -> {
                    if (!value.isEmpty()) {
                        return false; // none was offered
                    }
                }
                case "sec-websocket-protocol" -> {
                    if (!subprotocols.contains(value)) {
                        return false;
                    }
                }
                default -> {
                    // of no matter here
                }
            }
        }
        return upgraded && connection && accept(key).equals(accept);
    }

    static String accept(String key) {
        try {
            return Base64.getEncoder().encodeToString(
                    MessageDigest.getInstance("SHA-1").digest((key + ANY_SERVER).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
