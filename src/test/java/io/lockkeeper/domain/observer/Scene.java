package io.lockkeeper.domain.observer;

import io.lockkeeper.domain.client.ClientRole;
import io.lockkeeper.domain.client.Episode;
import io.lockkeeper.domain.client.Failure;
import io.lockkeeper.domain.client.Loss;
import io.lockkeeper.domain.client.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Circumstances, in seconds after some time.
final class Scene {
    static final Instant ZERO = Instant.parse("2026-11-26T03:00:00Z");
    private final double now;
    private final long watched;
    private final List<Episode> out = new ArrayList<>();
    private final List<Control> controls = new ArrayList<>();
    private final List<Contact> contacts = new ArrayList<>();
    private final List<ServiceCount> counts = new ArrayList<>();
    private int failing = 100;

    private Scene(double now, long watched) {
        this.now = now;
        this.watched = watched;
    }

    static Scene at(double now, long watched) {
        return new Scene(now, watched);
    }

    static Instant second(double seconds) {
        return ZERO.plusMillis(Math.round(seconds * 1000));
    }

    /// So many clients, lost that way, each with one failed attempt of each cause a second later.
    Scene out(int clients, double lost, Loss.Way way, Failure.Cause... attempts) {
        var failed = Arrays.stream(attempts)
                .map(cause -> new Episode.Attempt(second(lost + 0.5), second(lost + 1), Failure.of(cause))).toList();
        for (int i = 0; i < clients; i++) {
            var loss = way == Loss.Way.CLOSED ? Loss.closed(1012) : Loss.of(way);
            out.add(new Episode("c-" + out.size(), ClientRole.SENTINEL, Scenario.EMERGENCY, true, loss, second(lost), "ws-1",
                    "v1",
                    failed, null, null));
        }
        return this;
    }

    Scene control(@Nullable Double answered, @Nullable Double asked, int failures) {
        controls.add(new Control("tcp://control-" + controls.size() + ":1", answered == null ? null : second(answered),
                asked == null ? null : second(asked), failures, failures > 0 ? "no answer" : ""));
        return this;
    }

    Scene share(int percent) {
        failing = percent;
        return this;
    }

    Scene link(double tried, @Nullable Double heard) {
        contacts.add(new Contact("node ws-" + contacts.size(), second(tried), heard == null ? null : second(heard)));
        return this;
    }

    /// On two nodes.
    Scene count(double at, long ws1, long ws2, long ours) {
        var nodes = new TreeMap<String, Long>();
        nodes.put("ws-1", ws1);
        nodes.put("ws-2", ws2);
        counts.add(new ServiceCount(second(at), nodes, ours));
        return this;
    }

    Finding finding() {
        return SelfDoubt.of(new Circumstances(second(now), Duration.ofSeconds(15), watched, out, controls, Duration.ofSeconds(5),
                failing, contacts, counts));
    }
}
