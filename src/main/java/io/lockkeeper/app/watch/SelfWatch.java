package io.lockkeeper.app.watch;

import io.lockkeeper.domain.client.Episode;
import io.lockkeeper.domain.client.Episodes;
import io.lockkeeper.domain.client.Loss;
import io.lockkeeper.domain.observer.Circumstances;
import io.lockkeeper.domain.observer.Contact;
import io.lockkeeper.domain.observer.Finding;
import io.lockkeeper.domain.observer.SelfDoubt;
import io.lockkeeper.domain.observer.ServiceCount;
import io.lockkeeper.domain.watch.ObserverReading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks at this computer's own network once a second, and says so to the doubts when the fault lies there. Owned by the session's thread.
final class SelfWatch {
    private static final Duration BETWEEN = Duration.ofSeconds(1);
    private static final Duration MEMORY = Duration.ofMinutes(1);

    private final Episodes episodes;
    private final Doubts doubts;
    private final SteadyClock clock;
    private final Watch.Session session;
    private final Duration silence;
    private final Controls controls;
    private final List<ServiceCount> counts = new ArrayList<>();
    private Instant lookAt = Instant.MIN;
    private Finding finding = new Finding.Sound("not looked yet");

    SelfWatch(Watch.Parts parts, Watch.Session session, SteadyClock clock, Episodes episodes, Doubts doubts) {
        this.session = session;
        this.clock = clock;
        this.episodes = episodes;
        this.doubts = doubts;
        silence = parts.silence();
        controls = new Controls(parts.targets(), parts.controls(), session.background(), session.mailbox());
    }

    /// @param due something is about to be concluded from what clients met
    void look(Watch.Scene scene, Instant now, boolean due) {
        if (now.isBefore(lookAt) && !due) {
            return;
        }
        lookAt = now.plus(BETWEEN);
        var out = episodes.since(now).filter(Episode::open).toList();
        controls.look(now, out.stream().filter(one -> one.loss().way() != Loss.Way.ON_PURPOSE).map(Episode::lostAt)
                .max(Comparator.naturalOrder()).orElse(Instant.MIN));
        count(scene, now, out);
        find(scene, now, out);
    }

    private void count(Watch.Scene scene, Instant now, List<Episode> out) {
        counts.add(ServiceCount.of(scene.fleet(), episodes.watched() - out.size(), session.time().now(), clock.ahead()));
        var loss = out.stream().map(Episode::lostAt).min(Comparator.naturalOrder()).orElse(now);
        var from = loss.isBefore(now.minus(MEMORY)) ? loss.minus(MEMORY) : now.minus(MEMORY.multipliedBy(2));
        while (counts.size() > 1 && counts.getFirst().at().isBefore(from)) {
            counts.removeFirst();
        }
    }

    private void find(Watch.Scene scene, Instant now, List<Episode> out) {
        finding = SelfDoubt.of(new Circumstances(now, silence, episodes.watched(), out, controls.all(), controls.rhythm(),
                controls.failing(), scene.contacts().stream().map(this::steady).toList(), counts));
        switch (finding) {
            case Finding.Fault(var from, var why) -> doubts.begin(Doubts.Kind.NETWORK, from, why);
            case Finding.Sound _ -> doubts.end(Doubts.Kind.NETWORK, now);
            case Finding.Unsure _ -> {
                // a moment later it is known
            }
        }
    }

    private Contact steady(Contact contact) {
        return new Contact(contact.name(), steady(contact.tried()), steady(contact.heard()));
    }

    private @Nullable Instant steady(@Nullable Instant wall) {
        return wall == null ? null : wall.plus(clock.ahead());
    }

    /// Whether it is worth a moment's wait before anything is concluded from what clients met.
    boolean unsure() {
        return finding instanceof Finding.Unsure;
    }

    ObserverReading reading() {
        var now = clock.now();
        var doubt = doubts.now(now).map(fault -> new ObserverReading.Doubt(fault.from(),
                fault.to().equals(Instant.MAX) ? null : fault.to(), fault.why())).orElse(null);
        return new ObserverReading(now, controls.all(), doubt, switch (finding) {
            case Finding.Sound(var why) -> why;
            case Finding.Unsure(var why) -> why;
            case Finding.Fault(_, var why) -> why;
        }, doubts.over(now.minus(Watch.MEMORY), now));
    }
}
