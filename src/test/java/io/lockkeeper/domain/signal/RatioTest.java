package io.lockkeeper.domain.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.Promise;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RatioTest {
    @ParameterizedTest(name = "{0} % takes {2} tries with {1} failures")
    @CsvSource({"95,0,73", "95,1,110", "95,2,142", "90,0,35", "80,0,16"})
    @Promise(2)
    void aLimitTakesSoManyTriesAndNotOneLess(int percent, int failures, int tries) {
        assertThat(new Ratio(tries - failures, tries).atLeast(percent / 100.0, 1)).isEqualTo(Verdict.PASS);
        assertThat(new Ratio(tries - 1 - failures, tries - 1).atLeast(percent / 100.0, 1)).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    @Promise(2)
    void nothingTriedIsNoDataAndTooFewAreInconclusive() {
        assertThat(new Ratio(0, 0).atLeast(0, 0)).isEqualTo(Verdict.NO_DATA);
        assertThat(new Ratio(100, 100).atLeast(0.8, 101)).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(new Ratio(1, 1).atLeast(0.01, 1)).isEqualTo(Verdict.PASS);
    }

    @Test
    void itFailsOnlyWhenEvenTheUpperBoundIsBelow() {
        assertThat(new Ratio(80, 100).atLeast(0.95, 1)).isEqualTo(Verdict.FAIL);
        assertThat(new Ratio(93, 100).atLeast(0.95, 1)).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(new Ratio(0, 3).atLeast(0.95, 1)).isEqualTo(Verdict.FAIL);
    }

    @Test
    void theIntervalHoldsTheShareAndShrinksWithMoreTries() {
        var dice = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            long tried = 1L + dice.nextInt(2_000);
            long good = dice.nextLong(tried + 1);
            var ratio = new Ratio(good, tried);
            double share = (double) good / tried;
            assertThat(ratio.lower()).isBetween(0.0, share + 1e-12);
            assertThat(ratio.upper()).isBetween(share - 1e-12, 1.0);
            var more = new Ratio(good * 4, tried * 4);
            assertThat(more.upper() - more.lower()).isLessThan(ratio.upper() - ratio.lower());
        }
    }

    @Test
    void itsWordsNeverLookBetterThanItsFigures() {
        assertThat(new Ratio(19, 20).words()).isEqualTo("95 % of 20: 76 % to 100 %");
    }
}
