package io.lockkeeper.adapter.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.port.RunEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Collectors;
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
    void journalsWrittenSoFarStayReadable() throws IOException {
        var written = events().map(type -> codec.encode((RunEvent) new Specimens().of(type)))
                .map(encoded -> encoded.type() + " " + encoded.version() + " " + encoded.body())
                .collect(Collectors.joining("\n", "", "\n"));
        if (!Files.exists(GOLDEN)) {
            Files.writeString(GOLDEN, written);
            fail("there was no " + GOLDEN + "; it was written anew: look at it and commit it");
        }
        assertThat(written).as(
                "the journal's format changed: give the type a new version and an upcaster, and add (never edit) a line in %s",
                GOLDEN).isEqualTo(Files.readString(GOLDEN));
    }
}
