package io.lockkeeper.app.notify;

import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.notify.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Tries whether channels arrive, past every queue.
public final class NotifyTest {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final NotifyWords words;
    private final List<Notifications.Channel> channels;

    public NotifyTest(Environment environment, List<Notifications.Channel> channels) {
        this.words = new NotifyWords(environment);
        this.channels = List.copyOf(channels);
    }

    /// In the order of the environment file.
    public List<String> names() {
        return channels.stream().map(channel -> channel.route().name()).toList();
    }

    public String endpoint(String channel) {
        return find(channel).notifier().endpoint();
    }

    /// Sends one that says that it is a test, once.
    public Receipt send(String channel, String actor, Instant now) throws InterruptedException {
        return find(channel).notifier().send(words.test(channel, now, actor), LIMIT);
    }

    private Notifications.Channel find(String name) {
        return channels.stream().filter(channel -> channel.route().name().equals(name)).findFirst().orElseThrow();
    }
}
