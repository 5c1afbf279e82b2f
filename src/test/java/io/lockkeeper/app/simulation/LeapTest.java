package io.lockkeeper.app.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.assertj.core.data.Percentage.withPercentage;

import io.lockkeeper.Promise;
import io.lockkeeper.adapter.yaml.RunbookFolder;
import io.lockkeeper.app.Recorded;
import io.lockkeeper.app.RunRequest;
import io.lockkeeper.app.RunbookLibrary;
import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.runbook.Runbook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `simulate` leaves out the looks at which nothing can follow; what it foretells must not change by that.
@Promise(4)
class LeapTest {
    private static final Duration SOAK = Duration.ofMinutes(40);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    @TempDir
    private static Path folder;

    private static RunbookLibrary library;

    @BeforeAll
    static void shortened() throws IOException {
        var text = Files.readString(Path.of("docs/examples/staged-rollout.yaml"));
        assertThat(text).contains("for: 16h");
        var file = Files.writeString(folder.resolve("staged-rollout.yaml"), text.replace("for: 16h", "for: 40m"));
        library = new Library(Stream.of(Path.of("runbooks/rollback.yaml"), file)
                .map(each -> RunbookFolder.read(each).runbook().orElseThrow()).toList());
    }

    private record Library(List<Runbook> runbooks) implements RunbookLibrary {
        @Override
        public List<Problem> problems() {
            return List.of();
        }
    }

    private static SimulatedRun.Result.Walked walked(int faults, long seed, boolean leaps) {
        var request = new RunRequest("kim", "", "staged-rollout", Map.of("version", "v2"), false, false);
        var wish = new SimulatedRun.Wish(request, faults, seed, Map.of(), null, Duration.ofHours(4));
        var result = SimulatedRun.of(ModelEnvironment.of(4), library, wish, leaps);
        return assertThat(result).asInstanceOf(type(SimulatedRun.Result.Walked.class)).actual();
    }

    private static List<RunEvent> events(SimulatedRun.Result.Walked walked) {
        return walked.events().stream().map(Recorded::event).toList();
    }

    private static List<String> story(SimulatedRun.Result.Walked walked) {
        return events(walked).stream().filter(event -> !(event instanceof RunEvent.SoakEvidence)).map(event -> switch (event) {
            case RunEvent.StepSucceeded(_, var path, _) -> "succeeded " + path;
            case RunEvent.RunEnded ended -> "ended " + ended.ending();
            default -> event.getClass().getSimpleName();
        }).toList();
    }

    @Test
    void theStoryIsTheSameAndItsSoaksHaveTheirEvidence() {
        var all = walked(0, 1, false);
        var leaping = walked(0, 1, true);
        assertThat(story(leaping)).isEqualTo(story(all)).contains("ended SUCCEEDED");
        assertThat(leaping.passed()).isBetween(all.passed().minus(BETWEEN_LOOKS.multipliedBy(3)), all.passed());
        var evidence = evidence(leaping);
        assertThat(counted(evidence)).isEqualTo(SOAK.multipliedBy(3));
        assertThat(evidence.stream().mapToInt(RunEvent.SoakEvidence::samples).sum())
                .isCloseTo((int) SOAK.multipliedBy(3).toSeconds(), withPercentage(1));
        assertThat(evidence.size()).isCloseTo(evidence(all).size(), withPercentage(10));
    }

    /// What happens in the middle of a leap ends it there. A soak that is looked at ends up to a look later, and meets other faults then.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatGoesWrongMeanwhileIsSeenWhenItHappens(long seed) {
        var all = walked(40, seed, false);
        var leaping = walked(40, seed, true);
        assertThat(untilItsFirstSoakEnds(leaping)).isEqualTo(untilItsFirstSoakEnds(all));
        assertThat(events(leaping)).extracting(RunEvent::at).isSorted();
        Instant last = Instant.MIN;
        for (var one : evidence(leaping)) {
            assertThat(one.from()).isAfterOrEqualTo(last);
            last = one.to();
        }
    }

    private static List<String> untilItsFirstSoakEnds(SimulatedRun.Result.Walked walked) {
        return story(walked).stream().takeWhile(event -> !event.startsWith("succeeded roll/after-1")).toList();
    }

    private static List<RunEvent.SoakEvidence> evidence(SimulatedRun.Result.Walked walked) {
        return events(walked).stream().filter(RunEvent.SoakEvidence.class::isInstance).map(RunEvent.SoakEvidence.class::cast)
                .toList();
    }

    private static Duration counted(List<RunEvent.SoakEvidence> evidence) {
        return evidence.stream().map(one -> Duration.between(one.from(), one.to())).reduce(Duration.ZERO, Duration::plus);
    }
}
