package io.lockkeeper.domain.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.domain.environment.Occasion;
import io.lockkeeper.domain.environment.Tier;
import io.lockkeeper.domain.link.Backoff;
import io.lockkeeper.domain.notify.Persistence.Next;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PersistenceTest {
    private static final Instant NOW = Instant.parse("2026-11-26T22:40:00Z");
    private static final Persistence ONE_HOUR = new Persistence(new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(1)),
            Duration.ofHours(1));

    static Stream<Arguments> answers() {
        var later = new Receipt.Later("HTTP 503", null);
        var asked = new Receipt.Later("HTTP 429", Duration.ofSeconds(30));
        var long1 = new Receipt.Later("HTTP 429", Duration.ofHours(2));
        return Stream.of(Arguments.of(new Receipt.Accepted("HTTP 200"), 1, 0, new Next.Settled()),
                Arguments.of(new Receipt.Refused("HTTP 404"), 1, 0, new Next.Settled()),
                Arguments.of(later, 1, 0, new Next.Again(Duration.ofSeconds(1))),
                Arguments.of(later, 3, 0, new Next.Again(Duration.ofSeconds(4))),
                Arguments.of(later, 90, 0, new Next.Again(Duration.ofSeconds(30))),
                Arguments.of(asked, 1, 0, new Next.Again(Duration.ofSeconds(31))),
                Arguments.of(new Receipt.Unknown("cut off"), 1, 0, new Next.Again(Duration.ofSeconds(1))),
                Arguments.of(later, 1, 3600, new Next.GivenUp("HTTP 503")),
                Arguments.of(long1, 1, 0, new Next.GivenUp("HTTP 429")));
    }

    /// The roll is 0.5 throughout.
    @ParameterizedTest
    @MethodSource
    void answers(Receipt receipt, int attempt, int ageSeconds, Next next) {
        assertThat(ONE_HOUR.after(receipt, attempt, Duration.ofSeconds(ageSeconds), 0.5)).isEqualTo(next);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "120, 120", " 7 , 7", "'Thu, 26 Nov 2026 22:41:30 GMT', 90", "'Thu, 26 Nov 2026 20:00:00 GMT', 0",
            "soon, ", "-5, ",
            "1.5, ", "12345678901, "})
    void retryAfter(String header, Long seconds) {
        assertThat(RetryAfter.of(header, NOW)).isEqualTo(Optional.ofNullable(seconds).map(Duration::ofSeconds));
    }

    private static Notification at(Instant at, String id) {
        return new Notification(id, Occasion.RUN_ENDED, false, "shop", Tier.STAGING, "r-1", at, "t", "x");
    }

    @Test
    void anAccountOwesWhatCameAboutSinceAndIsNotSettledAndForgetsWhatIsOld() {
        var account = Account.from(NOW);
        assertThat(account.owes(at(NOW.minusSeconds(1), "a"))).isFalse();
        assertThat(account.owes(at(NOW, "a"))).isTrue();
        var settled = account.settled(at(NOW, "a"), NOW.minusSeconds(3600));
        assertThat(settled.owes(at(NOW, "a"))).isFalse();
        assertThat(settled.owes(at(NOW, "b"))).isTrue();
        assertThat(settled.settled(at(NOW.plusSeconds(9), "b"), NOW.plusSeconds(1)).settled()).containsOnlyKeys("b");
    }
}
