package io.lockkeeper.adapter.fleet;

import static io.lockkeeper.adapter.fleet.WireProbe.answer;
import static io.lockkeeper.adapter.fleet.WireProbe.ascii;
import static io.lockkeeper.adapter.fleet.WireProbe.close;
import static io.lockkeeper.adapter.fleet.WireProbe.frame;
import static io.lockkeeper.adapter.fleet.WireProbe.opened;
import static io.lockkeeper.adapter.fleet.WireProbe.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The WebSocket layer on bytes, however they are cut and whatever they are.
@Timeout(30)
class WireTest {
    @AfterEach
    void release() {
        WireProbe.releaseAll();
    }

    private static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[][] single(byte[] bytes) {
        var each = new byte[bytes.length][];
        for (int i = 0; i < bytes.length; i++) {
            each[i] = new byte[]{bytes[i]};
        }
        return each;
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    @Test
    void aHandshakeAsksForWhatItIsGivenAndForAnUpgrade() {
        assertThat(new WireProbe().sent()).containsExactly(
                "GET /ws?resume=secret HTTP/1.1\r\nHost: h\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");
    }

    @Test
    void theAcceptOfTheSpecificationIsComputed() {
        assertThat(Handshake.accept("dGhlIHNhbXBsZSBub25jZQ==")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }

    /// Handshake, messages whole and in fragments with a ping between them, and a close: cut at every byte, and at each byte once.
    @Test
    void itDoesNotMatterWhereTheBytesAreCut() {
        var all = joined(answer(), text("h\u00e9llo"), frame(0x01, ascii("fr")), frame(0x89, ascii("beat")),
                frame(0x00, ascii("ag")),
                frame(0x80, ascii("ment")), frame(0x82, new byte[]{1, 2, 3}), text("x".repeat(300)), close(1012));
        var expected = List.of("opened", "text h\u00e9llo", "text fragment", "text " + "x".repeat(300), "lost CLOSED 1012");

        assertThat(new WireProbe().hears(all).told).isEqualTo(expected);
        assertThat(new WireProbe().hears(single(all)).told).isEqualTo(expected);
        for (int cut = 1; cut < all.length; cut++) {
            var probe = new WireProbe().hears(Arrays.copyOf(all, cut), Arrays.copyOfRange(all, cut, all.length));
            assertThat(probe.told).as("cut at %d", cut).isEqualTo(expected);
            assertThat(probe.sent().stream().skip(1)).as("cut at %d", cut).containsExactly("8a beat", "88 1012");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"HTTP/1.1 404 Not Found\\r\\n | failed STATUS 404",
            "HTTP/1.1 503 No\\r\\n | failed STATUS 503",
            "HTTP/1.1 302 Found\\r\\nLocation: /x\\r\\n\\r\\n | failed STATUS 302",
            "HTTP/1.0 200\\r\\n\\r\\n | failed STATUS 200",
            "SSH-2.0-OpenSSH_9 | failed NONSENSE 0", "HTTP/1.1 abc\\r\\n | failed NONSENSE 0",
            "HTTP/2 101 x\\r\\n\\r\\n | failed NONSENSE 0",
            "HTTP/1.1 101 Switching Protocols\\r\\n\\r\\n | failed NONSENSE 0",
            "HTTP/1.1 101 x\\r\\nUpgrade: websocket\\r\\nConnection: Upgrade\\r\\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\\r\\n\\r\\n | failed NONSENSE 0",
            "HTTP/1.1 101 x\\r\\n: none\\r\\n\\r\\n | failed NONSENSE 0"})
    void anAnswerThatIsNoHandshakeIsNamed(String answer, String told) {
        var probe = new WireProbe().hears(ascii(answer.replace("\\r", "\r").replace("\\n", "\n")));

        assertThat(probe.told).containsExactly(told);
        assertThat(probe.isOpen()).isFalse();
    }

    @Test
    void whatWasNotOfferedMayNotBeAnswered() {
        var offered = new WireProbe(List.of("chat.v2", "chat.v1"));

        assertThat(new WireProbe().hears(answer("Sec-WebSocket-Extensions: permessage-deflate\r\n")).told)
                .containsExactly("failed NONSENSE 0");
        assertThat(new WireProbe().hears(answer("Sec-WebSocket-Protocol: chat.v1\r\n")).told)
                .containsExactly("failed NONSENSE 0");
        assertThat(offered.hears(answer("Sec-WebSocket-Protocol: chat.v1\r\n")).told).containsExactly("opened");
    }

    @Test
    void anAnswerWithoutAnEndIsNotReadForEver() {
        var probe = new WireProbe().hears(ascii("HTTP/1.1 101 x\r\n"));
        for (int i = 0; i < 20; i++) {
            probe.hears(ascii("X-Header: " + "y".repeat(1000) + "\r\n"));
        }

        assertThat(probe.told).containsExactly("failed NONSENSE 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 1", "HTTP/1.1 101 Switching\r\nUpgrade: web"})
    void aConnectionThatEndsInTheHandshakeIsCut(String before) {
        assertThat(new WireProbe().hears(ascii(before)).isCut().told).containsExactly("failed CUT 0");
    }

    @Test
    void aConnectionThatEndsWithoutACloseFrameIsCut() {
        assertThat(opened().hears(Arrays.copyOf(text("half"), 3)).isCut().told).containsExactly("lost CUT 1006");
    }

    @ParameterizedTest
    @CsvSource({"8800, lost CLOSED 1005, 88", "880203e8, lost CLOSED 1000, 88 1000", "880203f4, lost CLOSED 1012, 88 1012",
            "8802112a, lost CLOSED 4394, 88 4394", "8805 03e9 627965, lost CLOSED 1001, 88 1001",
            "880103, lost NONSENSE 1006, 88 1002", "880203ed, lost NONSENSE 1006, 88 1002",
            "880203ee, lost NONSENSE 1006, 88 1002",
            "88021388, lost NONSENSE 1006, 88 1002", "88020000, lost NONSENSE 1006, 88 1002",
            "8803 03e8 ff, lost NONSENSE 1006, 88 1007"})
    void aCloseFrameIsAnsweredOnceAndItsCodeKept(String bytes, String told, String sent) {
        var probe = opened().hears(hex(bytes.replace(" ", "")), text("after the end"));

        assertThat(probe.told).containsExactly(told);
        assertThat(probe.sent()).extracting(String::strip).containsExactly(sent);
        assertThat(probe.isOpen()).isTrue(); // for the server to close first
        assertThat(probe.lingering()).isEqualTo(1);
    }

    /// Masked by the server, reserved bits, unknown opcodes, control frames in fragments or too long, fragments of nothing or within
    /// another message, text that is no UTF-8.
    @ParameterizedTest
    @CsvSource({"818101020304 60, 1002", "c10161, 1002", "a10161, 1002", "910161, 1002", "830161, 1002", "870161, 1002",
            "8b00, 1002", "8f00, 1002",
            "0900, 1002", "0800, 1002", "897e007e, 1002", "800161, 1002", "000161, 1002", "010161 810162, 1002",
            "010161 820162, 1002",
            "8102c328, 1007", "8103eda080, 1007", "010147 8001ff, 1007", "817f8000000000000000, 1002",
            "817f0000000000100001, 1009",
            "817f7fffffffffffffff, 1009"})
    void aViolationEndsTheConnectionAndSaysWhy(String bytes, int code) {
        var probe = opened().hears(single(hex(bytes.replace(" ", ""))));

        assertThat(probe.told).containsExactly("lost NONSENSE 1006");
        assertThat(probe.sent()).containsExactly("88 " + code);
    }

    @Test
    void fragmentsCannotGrowWithoutEnd() {
        var probe = opened().hears(frame(0x01, new byte[600_000]), frame(0x00, new byte[600_000]));

        assertThat(probe.told).containsExactly("lost NONSENSE 1006");
        assertThat(probe.sent()).containsExactly("88 1009");
    }

    @Test
    void theLargestMessageIsTaken() {
        var probe = opened().hears(frame(0x81, "z".repeat(FrameReader.LARGEST_MESSAGE).getBytes(StandardCharsets.US_ASCII)));

        assertThat(probe.told).singleElement().asString().hasSize(5 + FrameReader.LARGEST_MESSAGE);
    }

    @Test
    void whatIsSentIsMaskedAndWhole() {
        var probe = opened();
        probe.wire.say("h\u00e9llo");
        probe.wire.say("y".repeat(200));
        probe.wire.say("z".repeat(70_000));
        probe.wire.ping();
        probe.hears(frame(0x89, ascii("abc")), frame(0x8a, ascii("nobody asked")));

        assertThat(probe.sent()).containsExactly("81 h\u00e9llo", "81 " + "y".repeat(200), "81 " + "z".repeat(70_000), "89 ",
                "8a abc");
    }

    @Test
    void theAnswerToOurOwnCloseEndsTheConnection() {
        var probe = opened();
        probe.wire.close(1000);
        probe.hears(text("on its way"), close(1000));

        assertThat(probe.told).containsExactly("text on its way", "lost CLOSED 1000");
        assertThat(probe.sent()).containsExactly("88 1000");
        assertThat(probe.isOpen()).isFalse();
    }

    @Test
    void aLineThatWasCutTellsNothingMore() {
        var probe = opened();
        probe.wire.cut();

        assertThat(probe.hears(text("late")).isCut().told).isEmpty();
    }

    @Test
    void nothingThatHoldsASecretShowsIt() {
        assertThat(new WireProbe().wire.toString()).isEqualTo("Wire");
    }

    /// Half of the inputs are good bytes with some changed, cut anywhere: the end is told at most once, and nothing after it.
    @Test
    void noBytesEndInAnExceptionOrInTwoEnds() throws IOException {
        var random = new SplittableRandom(7);
        for (int round = 0; round < 8_000; round++) {
            boolean shaken = random.nextBoolean();
            var probe = shaken ? opened() : new WireProbe();
            var bytes = random.nextInt(4) == 0 ? new byte[random.nextInt(64)] : good(shaken);
            if (random.nextInt(4) == 0) {
                random.nextBytes(bytes);
            }
            for (int change = random.nextInt(4); change > 0 && bytes.length > 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            for (int at = 0; at < bytes.length;) {
                int to = Math.min(bytes.length, at + 1 + random.nextInt(40));
                probe.hears(Arrays.copyOfRange(bytes, at, to));
                at = to;
            }
            probe.isCut();
            var ends = new ArrayList<>(probe.told);
            ends.removeIf(told -> told.startsWith("text") || told.equals("opened"));
            assertThat(ends).as("round %d: %s", round, HexFormat.of().formatHex(bytes)).hasSize(1);
            assertThat(probe.told.getLast()).isEqualTo(ends.getFirst());
        }
    }

    private static byte[] good(boolean shaken) {
        var frames = joined(text("abc"), frame(0x01, ascii("a")), frame(0x89, ascii("b")), frame(0x80, ascii("c")),
                text("d".repeat(130)),
                close(1001));
        return shaken ? frames : joined(answer(), frames);
    }
}
