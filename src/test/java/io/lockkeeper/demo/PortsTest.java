package io.lockkeeper.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Ranges beside the one that the demo and the labs of other tests take their ports from.
final class PortsTest {
    private static final int COUNT = 120;

    private static Ports from(int lowest) {
        return new Ports(lowest, COUNT, 20);
    }

    private static List<Integer> ports(Ports ports, int count) throws IOException {
        var got = new ArrayList<Integer>();
        for (int i = 0; i < count; i++) {
            got.add(ports.next());
        }
        return got;
    }

    @Test
    void twoThatAskAtTheSameTimeAreNeverGivenTheSamePortThoughNobodyListensOnIt() throws IOException {
        var one = from(19_000);
        var other = from(19_000);
        var got = new ArrayList<Integer>();
        for (int i = 0; i < 30; i++) {
            got.add(one.next());
            got.add(other.next());
        }

        assertThat(got).doesNotHaveDuplicates();
    }

    @Test
    void aPortThatSomebodyListensOnIsLeftOut() throws IOException {
        var one = from(19_200);
        int first = one.next();
        try (var _ = new ServerSocket(first + 1, 1, InetAddress.getLoopbackAddress())) {
            assertThat(one.next()).isEqualTo(first + 2);
        }
    }

    @Test
    void aRangeThatIsUsedUpGivesPortsFromElsewhere() throws IOException {
        int lowest = 19_400;

        assertThat(ports(from(lowest), COUNT)).doesNotHaveDuplicates().anyMatch(port -> port >= lowest + COUNT);
    }
}
