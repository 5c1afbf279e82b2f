package io.lockkeeper.adapter.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.domain.environment.ClientsSpec;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.Secret;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What the handshakes of a front door say.
class DoorTest {
    private static ClientsSpec spec(Map<String, String> headers) {
        var plain = TestFleet.spec("ws://127.0.0.1:1/ws", 1, 0, 6);
        return new ClientsSpec(plain.url(), new TreeMap<>(headers), plain.secretHeaders(), plain.subprotocols(),
                plain.authority(),
                plain.hello(), plain.session(), plain.version(), plain.handshakeLimit(), plain.messageLimit(),
                plain.heartbeat(), plain.silence(), plain.sentinels(), plain.cyclers(), plain.cyclesPerMinute(), plain.backoff());
    }

    @Test
    void aHeaderMaySayWhichClientItIs() throws LinkFault {
        var door = new Door(spec(Map.of("Origin", "https://shop", "User-Agent", "lockkeeper {client}")), _ -> new Secret("x"));

        assertThat(door.knownHead("sentinel-3").lines()).contains("User-Agent: lockkeeper sentinel-3", "Origin: https://shop")
                .doesNotContain("");
        assertThat(door.knownHead("cycler-1").lines()).contains("User-Agent: lockkeeper cycler-1");
    }

    @Test
    void nothingIsFilledIntoASecret() throws LinkFault {
        var door = new Door(spec(Map.of()), _ -> new Secret("{client}"));

        assertThat(door.knownHead("sentinel-3").lines()).contains("Authorization: {client}");
    }
}
