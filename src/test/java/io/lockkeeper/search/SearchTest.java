package io.lockkeeper.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.Promise;
import io.lockkeeper.adapter.json.JsonRunEvents;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A part of what `acceptance/trusted-run` searches whole. The shipped runbooks on thousands of environments in which everything goes wrong. A failure names its seed; that one alone is run by
/// `bench/simulation --seed N`.
class SearchTest {
    private static final long SEEDS = 2_000;
    private static final long ON_FILES = 40;
    private static void holds(LongStream seeds, LongFunction<Seed.Result> one) {
        var search = new Search().run(seeds, one, _ -> {
        });
        assertThat(search.failures().stream().limit(3).map(Seed.Result::report)).as(search.summary()).isEmpty();
    }

    @Test
    @Timeout(120)
    @Promise({1, 2, 3, 4, 8})
    void whateverGoesWrongNothingIsClaimedThatIsNotSoAndEveryRunComesToItsEnd() {
        holds(LongStream.rangeClosed(1, SEEDS), seed -> Search.inMemory(seed, Bug.NONE));
    }

    /// Each was the first to show a defect.
    @ParameterizedTest
    @ValueSource(longs = {9_605, 71_477, 76_175, 87_814, 136_354, 155_598, 158_988, 172_217, 183_143, 272_449, 323_375, 334_583,
            383_146,
            391_570, 643_913, 794_851})
    @Promise({1, 3})
    void whatASearchOfAMillionFoundStaysMended(long seed) {
        holds(LongStream.of(seed), one -> Search.inMemory(one, Bug.NONE));
    }

    @Test
    @Timeout(120)
    @Promise(7)
    void theSameOnRealFilesWhoseJournalsVerify(@TempDir Path folder) {
        holds(LongStream.rangeClosed(1, ON_FILES), seed -> Search.onFiles(seed, folder, Bug.NONE));
    }

    @Test
    void oneSeedHasOneJournalHeadInThisProcessAndInTheNext() throws Exception {
        int seeds = 40;
        var heads = LongStream.rangeClosed(1, seeds).mapToObj(seed -> Search.inMemory(seed, new JsonRunEvents()).head()).toList();
        var again = LongStream.rangeClosed(1, seeds).mapToObj(seed -> Search.inMemory(seed, new JsonRunEvents()).head()).toList();
        assertThat(again).isEqualTo(heads).doesNotHaveDuplicates();
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var other = new ProcessBuilder(List.of(java, "-cp", System.getProperty("java.class.path"), SearchMain.class.getName(),
                "--heads", String.valueOf(seeds))).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        var printed = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(printed.lines().toList()).isEqualTo(heads);
    }

    @Test
    void oneSeedHasOneJournalHeadOnFiles(@TempDir Path one, @TempDir Path other) {
        for (long seed = 1; seed <= 10; seed++) {
            assertThat(Search.onFiles(seed, one, Bug.NONE).head()).isEqualTo(Search.onFiles(seed, other, Bug.NONE).head());
        }
    }

    @ParameterizedTest
    @EnumSource(Bugs.class)
    void aPlantedMistakeIsFound(Bugs mistake) {
        assertThat(Search.finds(seed -> Search.inMemory(seed, mistake.plant()))).as(mistake.name()).isPresent();
    }

    @Test
    @Promise(7)
    void aForgottenAnchorIsFound(@TempDir Path folder) {
        assertThat(Search.finds(seed -> Search.onFiles(seed, folder, new ForgetsAnchors()))).isPresent();
    }
}
