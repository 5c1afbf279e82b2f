package io.lockkeeper.domain.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureTest {
    @ParameterizedTest
    @CsvSource({"STATUS, 404, true", "STATUS, 410, true", "STATUS, 403, false", "STATUS, 429, false", "STATUS, 503, false",
            "CLOSED, 4404, true", "CLOSED, 4410, true", "CLOSED, 4403, false", "CLOSED, 4000, false", "CLOSED, 4503, false",
            "CLOSED, 1012, false", "TIMEOUT, 0, false", "NONSENSE, 0, false"})
    void onlyARefusalForGoodEndsASession(Failure.Cause cause, int status, boolean ends) {
        assertThat(new Failure(cause, status).refusesTheSession()).isEqualTo(ends);
    }
}
