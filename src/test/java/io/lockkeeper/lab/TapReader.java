package io.lockkeeper.lab;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/// Understands as much of one direction of a WebSocket connection as a tap tells: the head of the handshake, the first text, the code of a close frame.
/// Written for the tap alone, so that it shares no mistake with the clients that are held against it.
final class TapReader {
    interface Told {
        /// @param what `head` with its text, `text` with the first one, `close` with its code
        void tell(Instant at, String what, Object detail);
    }

    private static final int TEXT = 1;
    private static final int CLOSE = 8;

    private final Told told;
    private byte[] rest = new byte[0];
    private boolean headRead;
    private boolean textRead;
    private boolean over;

    TapReader(Told told) {
        this.told = told;
    }

    void read(Instant at, byte[] bytes) {
        if (over) {
            return;
        }
        var all = new ByteArrayOutputStream();
        all.writeBytes(rest);
        all.writeBytes(bytes);
        rest = all.toByteArray();
        if (!headRead) {
            int end = new String(rest, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
            if (end < 0) {
                return;
            }
            headRead = true;
            told.tell(at, "head", new String(rest, 0, end, StandardCharsets.ISO_8859_1));
            rest = Arrays.copyOfRange(rest, end + 4, rest.length);
        }
        for (int size = frame(at); size > 0 && !over; size = frame(at)) {
            rest = Arrays.copyOfRange(rest, size, rest.length);
        }
    }

    /// How long the first frame is; 0 while it is not whole.
    private int frame(Instant at) {
        if (rest.length < 2) {
            return 0;
        }
        int length = rest[1] & 0x7f;
        int head = 2;
        if (length == 126 && rest.length >= 4) {
            length = ((rest[2] & 0xff) << 8) + (rest[3] & 0xff);
            head = 4;
        } else if (length >= 126) {
            over = length == 127; // none is that long in the lab
            return 0;
        }
        boolean masked = (rest[1] & 0x80) != 0;
        int body = head + (masked ? 4 : 0);
        if (rest.length < body + length) {
            return 0;
        }
        var payload = Arrays.copyOfRange(rest, body, body + length);
        for (int i = 0; masked && i < length; i++) {
            payload[i] ^= rest[head + (i & 3)];
        }
        told(at, rest[0] & 0x0f, payload);
        return body + length;
    }

    private void told(Instant at, int opcode, byte[] payload) {
        if (opcode == TEXT && !textRead) {
            textRead = true;
            told.tell(at, "text", new String(payload, StandardCharsets.UTF_8));
        } else if (opcode == CLOSE) {
            over = true;
            told.tell(at, "close", payload.length < 2 ? 1005 : ((payload[0] & 0xff) << 8) + (payload[1] & 0xff));
        }
    }
}
