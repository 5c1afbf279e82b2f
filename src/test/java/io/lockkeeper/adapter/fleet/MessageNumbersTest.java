package io.lockkeeper.adapter.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.adapter.fleet.MessageNumbers.Step;
import org.junit.jupiter.api.Test;

class MessageNumbersTest {
    private final MessageNumbers numbers = new MessageNumbers();

    @Test
    void whateverComesFirstIsTheFirst() {
        assertThat(numbers.last()).isZero();
        assertThat(numbers.next(17)).isEqualTo(Step.NEXT);
        assertThat(numbers.last()).isEqualTo(17);
    }

    @Test
    void aMessageAfterTheNumberASessionBeganWithIsTheNext() {
        numbers.restart(0);

        assertThat(numbers.next(2)).isEqualTo(new Step(1, 0));
        assertThat(numbers.next(3)).isEqualTo(Step.NEXT);
    }

    @Test
    void aMessageThatComesAgainMovesNothing() {
        numbers.restart(5);

        assertThat(numbers.next(5)).isEqualTo(new Step(0, 1));
        assertThat(numbers.next(3)).isEqualTo(new Step(0, 1));
        assertThat(numbers.next(6)).isEqualTo(Step.NEXT);
    }

    @Test
    void whatAServiceGoesOnAfterIsLostWhereTheClientDoesNotHaveIt() {
        numbers.restart(5);

        assertThat(numbers.resumedAfter(5)).isZero();
        assertThat(numbers.resumedAfter(3)).isZero();
        assertThat(numbers.next(4)).isEqualTo(new Step(0, 1));
        assertThat(numbers.resumedAfter(9)).isEqualTo(4);
        assertThat(numbers.next(10)).isEqualTo(Step.NEXT);
    }
}
