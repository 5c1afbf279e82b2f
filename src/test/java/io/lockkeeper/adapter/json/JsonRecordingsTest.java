package io.lockkeeper.adapter.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.client.ClientRole;
import io.lockkeeper.domain.client.Continuity;
import io.lockkeeper.domain.client.Failure;
import io.lockkeeper.domain.client.Loss;
import io.lockkeeper.domain.client.Planned;
import io.lockkeeper.domain.client.Scenario;
import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.signal.ObserverFault;
import io.lockkeeper.domain.trigger.Baseline;
import io.lockkeeper.domain.trigger.Recording;
import io.lockkeeper.domain.trigger.Report;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonRecordingsTest {
    private static final Instant AT = Instant.parse("2026-11-26T03:00:00.25Z");

    private static final List<ClientEvent> EVENTS = List.of(new ClientEvent.Opened("s-1", ClientRole.SENTINEL, AT, "ws-1", ""),
            new ClientEvent.Lost("s-1", ClientRole.SENTINEL, AT, Loss.closed(1012)),
            new ClientEvent.Lost("c-1", ClientRole.CYCLER, AT, Loss.of(Loss.Way.ON_PURPOSE)),
            new ClientEvent.Failed("s-1", ClientRole.SENTINEL, AT, AT.minusMillis(20), AT.minusMillis(10),
                    new Failure(Failure.Cause.STATUS, 503)),
            new ClientEvent.Back("s-1", ClientRole.SENTINEL, AT, AT.minusMillis(5), "ws-2", "v2",
                    new Continuity(Continuity.SessionKept.LOST, 2, 1)),
            new ClientEvent.Gap("p-1", ClientRole.PROBE, AT, 1, 0), new ClientEvent.Left("s-1", ClientRole.SENTINEL, AT));

    private static JsonRecordings.Read read(String text) throws IOException {
        return JsonRecordings.read("r.jsonl", new BufferedReader(new StringReader(text)));
    }

    private static Recording good(String text) throws IOException {
        var read = read(text);
        assertThat(read.problems()).isEmpty();
        return read.recording();
    }

    @Test
    void everyEventComesBackAsItWas() throws IOException {
        var lines = EVENTS.stream().map(JsonRecordings::encode).toList();
        assertThat(lines).allSatisfy(line -> assertThat(line).startsWith("{\"type\":").doesNotContain("\n"));
        assertThat(good(String.join("\n", lines)).events()).isEqualTo(EVENTS);
        assertThat(EVENTS).extracting(event -> (Object) event.getClass())
                .contains((Object[]) ClientEvent.class.getPermittedSubclasses());
        assertThat(lines.get(3))
                .isEqualTo("{\"type\":\"Failed\",\"client\":\"s-1\",\"role\":\"SENTINEL\",\"at\":\"2026-11-26T03:00:00.250Z\","
                        + "\"meant\":\"2026-11-26T03:00:00.230Z\",\"begun\":\"2026-11-26T03:00:00.240Z\",\"failure\":{\"cause\":\"STATUS\",\"status\":503}}");
    }

    /// The page shows every type of line.
    @Test
    void theExampleOfThePageIsReadAsItSays() throws IOException {
        var page = Files.readString(Path.of("docs/signals.md"));
        var block = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL).matcher(page);
        assertThat(block.find()).isTrue();
        var recording = good(block.group(1));
        assertThat(recording.events()).extracting(event -> (Object) event.getClass())
                .contains((Object[]) ClientEvent.class.getPermittedSubclasses());
        assertThat(recording.reports()).extracting(report -> (Object) report.getClass())
                .contains((Object[]) Report.class.getPermittedSubclasses());
        assertThat(recording.planned()).contains(new Planned("ws-1", Instant.parse("2026-11-26T03:00:00Z"), Instant.MAX,
                Planned.Work.HANDOFF));
        assertThat(recording.faults()).extracting(ObserverFault::why).containsExactly("this computer's network");
        assertThat(recording.baselines())
                .containsExactly(
                        new Baseline(Scenario.GRACEFUL, Duration.ofMillis(1500), 120, Instant.parse("2026-11-20T10:00:00Z")));
        assertThat(List.of(recording.started().size(), recording.acknowledged().size(), recording.compared().size()))
                .containsOnly(1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"`` | this line is no JSON object ({\"type\":\"Opened\",...})",
            "{\"type\":\"Left\",\"cli | this line is no JSON (if the recording was cut off here, remove the line)",
            "[] | this line is no JSON object ({\"type\":\"Opened\",...})", "{\"at\":1} | \"type\" is missing",
            "{\"type\":\"Opend\"} | \"type\" cannot be \"Opend\" (did you mean \"Opened\"?)",
            "{\"type\":7} | \"type\" cannot be 7",
            "{\"type\":\"Left\",\"role\":\"SENTINEL\"} | \"client\" is missing, a text, in Left",
            "{\"type\":\"Left\",\"client\":\"s\",\"role\":\"SENTRY\"} | \"role\" must be one of SENTINEL, CYCLER, PROBE, not \"SENTRY\" in Left",
            "{\"type\":\"Left\",\"client\":\"s\",\"role\":\"PROBE\",\"at\":17} | \"at\" must be a time such as 2026-11-26T03:00:00.250Z, not 17 in Left",
            "{\"type\":\"Left\",\"client\":\"s\",\"role\":\"PROBE\",\"at\":\"+1000000000-12-31T23:59:59Z\"} | \"at\" must be a time",
            "{\"type\":\"Lost\",\"client\":\"s\",\"role\":\"PROBE\",\"at\":\"2026-11-26T03:00:00Z\",\"loss\":7} | \"loss\" must be an object in Lost",
            "{\"type\":\"Lost\",\"client\":\"s\",\"role\":\"PROBE\",\"at\":\"2026-11-26T03:00:00Z\",\"loss\":{\"way\":\"CUT\"}} | \"loss.code\" is missing, a whole number, in Lost",
            "{\"type\":\"Lost\",\"client\":\"s\",\"role\":\"PROBE\",\"at\":\"2026-11-26T03:00:00Z\",\"loss\":{\"way\":\"CUT\",\"code\":1001}} | Lost cannot be so: CUT has no close code of the peer: 1001",
            "{\"type\":\"Gap\",\"client\":\"s\",\"role\":\"PROBE\",\"at\":\"2026-11-26T03:00:00Z\",\"lost\":-1,\"duplicated\":0} | \"lost\" must be a whole number, not -1 in Gap",
            "{\"type\":\"Left\",\"client\":\"s\",\"role\":\"PROBE\",\"at\":\"2026-11-26T03:00:00Z\"} {} | this line is no JSON"})
    void aLineThatCannotBeUsedIsNamedWithWhatWasExpected(String line, String words) throws IOException {
        var left = JsonRecordings.encode(EVENTS.getLast());
        var read = read(left + "\n" + line + "\n" + left + "\n");
        assertThat(read.problems()).hasSize(1);
        assertThat(read.problems().getFirst().toString()).startsWith("r.jsonl:2:1: error: " + words);
        assertThat(read.recording().events()).hasSize(2);
    }

    @Test
    void anEmptyRecordingIsAProblemAndAFieldOfTomorrowIsNot() throws IOException {
        assertThat(read("").problems().stream().map(Problem::toString).collect(Collectors.joining()))
                .isEqualTo("r.jsonl:1:1: error: the recording is empty (a line an event, as docs/signals.md says)");
        var line = JsonRecordings.encode(EVENTS.getLast()).replaceFirst("}$", ",\"mood\":\"good\"}");
        assertThat(good(line).events()).containsExactly(EVENTS.getLast());
    }
}
