package io.lockkeeper.adapter.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lockkeeper.domain.environment.ErrandKind;
import io.lockkeeper.domain.run.Op;
import io.lockkeeper.domain.run.Order;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.runbook.Readback;
import io.lockkeeper.port.RunEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonRunEventsTest {
    /// One line per event type, as releases so far have written it. Lines are only ever added.
    private static final Path GOLDEN = Path.of("src/test/resources/journal-golden.jsonl");

    private final JsonRunEvents codec = new JsonRunEvents();

    static Stream<Class<?>> events() {
        return Arrays.stream(RunEvent.class.getPermittedSubclasses()).sorted(Comparator.comparing(Class::getSimpleName));
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyEventComesBackAsItWas(Class<?> type) throws RunEvents.UnknownEvent {
        for (int variant = 0; variant < 12; variant++) {
            var specimens = new Specimens();
            for (int skip = 0; skip < variant; skip++) {
                var _ = specimens.of(String.class);
            }
            var event = (RunEvent) specimens.of(type);
            var encoded = codec.encode(event);
            assertThat(encoded.type()).isEqualTo(type.getSimpleName());
            assertThat(encoded.body()).startsWith("{").doesNotContain("\n");
            assertThat(codec.decode(encoded)).isEqualTo(event);
        }
    }

    static Stream<Order.Errand> errands() {
        return Stream.of(new Order.Errand(ErrandKind.COMMAND, "flush", null, null, new Readback.Prints("empty", "0")),
                new Order.Errand(ErrandKind.COMMAND, "flush", "ws-1", "v2", new Readback.Person("is it empty?")),
                new Order.Errand(ErrandKind.HTTP, "off", "ws-1", null, new Readback.Says("flag", "/on", "false")),
                new Order.Errand(ErrandKind.HTTP, "off", null, "v2", new Readback.Answers("health", 200)));
    }

    @ParameterizedTest
    @MethodSource("errands")
    void whatAnErrandDoesNotHaveIsLeftOutAndComesBackAsNothing(Order.Errand order) throws RunEvents.UnknownEvent {
        var at = Instant.parse("2026-11-25T03:00:00Z");
        var event = new RunEvent.OpIntended(at, new Op("r/x", "x", order, 1, 1, at, at, null));
        assertThat(codec.encode(event).body()).doesNotContain("null");
        assertThat(codec.decode(codec.encode(event))).isEqualTo(event);
    }

    @Test
    void anEventOfANewerReleaseIsNamedAndNotGuessed() {
        assertThatThrownBy(() -> codec.decode(new RunEvents.Encoded("Teleported", 1, "{}")))
                .isInstanceOf(RunEvents.UnknownEvent.class)
                .hasMessageContaining("Teleported");
        assertThatThrownBy(() -> codec.decode(new RunEvents.Encoded("Held", 2, "{}"))).isInstanceOf(RunEvents.UnknownEvent.class)
                .hasMessageContaining("newer release");
    }

    @Test
    void fieldsOfTomorrowArePassedOver() throws RunEvents.UnknownEvent {
        var body = "{\"at\":\"2026-11-24T03:00:00Z\",\"actor\":\"kim\",\"reason\":\"wait\",\"mood\":\"good\"}";
        assertThat(codec.decode(new RunEvents.Encoded("Held", 1, body))).isInstanceOf(RunEvent.Held.class);
    }

    @Test
    void whatWasEverWrittenStaysReadable() throws IOException, RunEvents.UnknownEvent {
        for (var line : Files.readAllLines(GOLDEN)) {
            var words = line.split(" ", 3);
            var event = codec.decode(new RunEvents.Encoded(words[0], Integer.parseInt(words[1]), words[2]));
            assertThat(event.getClass().getSimpleName()).isEqualTo(words[0]);
            assertThat(codec.decode(codec.encode(event))).as(line).isEqualTo(event);
        }
    }

    @Test
    void theFormatOfEveryEventIsOnRecord() throws IOException {
        var recorded = Files.readAllLines(GOLDEN);
        var missing = events().map(type -> codec.encode((RunEvent) new Specimens().of(type)))
                .map(encoded -> encoded.type() + " " + encoded.version() + " " + encoded.body())
                .filter(line -> !recorded.contains(line))
                .toList();
        if ("yes".equals(System.getenv("LOCKKEEPER_WRITE"))) {
            Files.write(GOLDEN, missing, StandardOpenOption.APPEND);
        } else {
            assertThat(missing).as(
                    "the journal's format changed: give the type a new version and an upcaster, and add (never edit) its lines to %s with"
                            + " LOCKKEEPER_WRITE=yes",
                    GOLDEN).isEmpty();
        }
    }
}
