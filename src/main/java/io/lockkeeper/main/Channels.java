package io.lockkeeper.main;

import io.lockkeeper.adapter.notify.Desktop;
import io.lockkeeper.adapter.notify.Mail;
import io.lockkeeper.adapter.notify.Webhook;
import io.lockkeeper.adapter.secrets.LocalSecrets;
import io.lockkeeper.app.notify.Notifications;
import io.lockkeeper.domain.environment.ChannelSpec;
import io.lockkeeper.domain.notify.Persistence;
import io.lockkeeper.port.Notifier;
import io.lockkeeper.port.Time;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The section `notify` of an environment file turned into ways to people.
final class Channels {
    private static final Path HOME = Path.of(System.getProperty("user.home"));

    private Channels() {}

    static List<Notifications.Channel> of(EnvironmentFiles.Found found, Time time) {
        return found.environment().channels().stream()
                .map(spec -> new Notifications.Channel(spec.route(), notifier(found, spec, time))).toList();
    }

    /// What tells while an environment is held; `null` where its file names no channel.
    static Notifications.@Nullable Parts parts(EnvironmentFiles.Found found, Folders folders, Time time) {
        return found.environment().channels().isEmpty()
                ? null
                : new Notifications.Parts(of(found, time), new NotifiedFile(folders.notified(), found.environment().name()),
                        Persistence.USUAL);
    }

    private static Notifier notifier(EnvironmentFiles.Found found, ChannelSpec spec, Time time) {
        var folder = Objects.requireNonNull(found.file().getParent());
        var secrets = new LocalSecrets(folder, HOME, System.getenv());
        return switch (spec) {
            case ChannelSpec.Webhook webhook -> new Webhook(webhook, folder, secrets, time);
            case ChannelSpec.Smtp smtp -> new Mail(smtp, folder, secrets);
            case ChannelSpec.Desktop(var route) ->
                new Desktop(route, Desktop.OperatingSystem.of(System.getProperty("os.name", "")), System.getenv());
        };
    }
}
