package io.lockkeeper.port;

import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.history.KeptEpisode;
import io.lockkeeper.domain.journal.Entry;
import io.lockkeeper.domain.link.LinkView;
import io.lockkeeper.domain.metrics.MetricsReading;
import io.lockkeeper.domain.notify.ChannelReading;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.signal.Notice;
import io.lockkeeper.domain.watch.WatchReading;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the holder of an environment and those who follow it say to each other. Requests carry a number that their answer repeats.
public sealed interface Message {
    /// The first message of both sides.
    ///
    /// @param protocol both sides must speak the same
    /// @param environmentHash so that a follower with another file is told
    record Hello(int protocol, long pid, String application, String environmentHash) implements Message {}

    record Submit(long id, String run, Command command) implements Message {}

    record SetKnownGood(long id, String actor, Map<String, String> versions) implements Message {}

    record LogTail(long id, String node, int lines) implements Message {}

    record Taken(long id, long seq) implements Message {}

    record Refused(long id, String why) implements Message {}

    /// Not known whether it was taken.
    record Undecided(long id, String why) implements Message {}

    record Lines(long id, List<String> lines) implements Message {}

    /// What is remembered of clients of ours; the answer is [Episodes].
    record AskEpisodes(long id) implements Message {}

    record Episodes(long id, List<KeptEpisode> episodes) implements Message {}

    /// Journal entries in order, without gaps, from the first one on.
    record Entries(List<Entry> entries) implements Message {}

    /// What the holder sees now; at least once a second.
    ///
    /// @param watch `null` where nobody watches and nothing has fired, and from a holder of a release that did not watch yet
    /// @param history how keeping the past is doing, in words; `null` where nothing is kept, and from a holder that kept nothing yet
    /// @param metrics `null` where the environment has none, and from a holder of a release that did not read them yet
    /// @param channels `null` from a holder of a release that told nobody yet
    record State(Instant at, String holder, Fleet fleet, List<LinkView> links, List<Notice> notices,
            @Nullable WatchReading watch, @Nullable String history, @Nullable MetricsReading metrics,
            @Nullable List<ChannelReading> channels) implements Message {}
}
