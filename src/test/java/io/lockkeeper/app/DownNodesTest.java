package io.lockkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DownNodesTest {
    @Test
    void itNamesAFewAndCountsTheRest() {
        assertThat(DownNodes.words(List.of("ws-2"), 2, 3))
                .isEqualTo("DOWN, and nobody took it out: ws-2. 2 of 3 nodes known to serve.");
        assertThat(DownNodes.words(List.of("a", "b", "c", "d", "e", "f"), 0, 6))
                .isEqualTo("DOWN, and nobody took them out: a, b, c, d and 2 more. 0 of 6 nodes known to serve.");
        assertThat(DownNodes.words(List.of("a"), 0, 1)).endsWith("0 of 1 node known to serve.");
    }
}
