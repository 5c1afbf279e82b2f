package io.lockkeeper.app;

import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.history.KeptEpisode;
import io.lockkeeper.domain.journal.Entry;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.port.Conversation;
import io.lockkeeper.port.Message;
import io.lockkeeper.port.RunEvents;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An environment that another process holds: its entries are folded here with the same code, commands go there.
public final class RemoteAccess implements EnvironmentAccess {
    private static final Duration SILENCE = Duration.ofSeconds(4);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final Environment environment;
    private final Conversation holder;
    private final RunEvents codec;
    private final RunHistory history;
    private final Runnable ended;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Long, CompletableFuture<Message>> waiting = new ConcurrentHashMap<>();
    private final AtomicLong requests = new AtomicLong();
    private final Watchers watchers = new Watchers();
    private volatile Snapshot snapshot;
    private volatile boolean closed;

    /// @param first what to show before the holder has said anything
    /// @param ended called once, when the holder is gone
    RemoteAccess(Environment environment, Conversation holder, RunEvents codec, Snapshot first, Runnable ended) {
        this.environment = environment;
        this.holder = holder;
        this.codec = codec;
        this.history = new RunHistory(codec);
        this.snapshot = first;
        this.ended = ended;
    }

    /// Waits until the holder has told everything it knows.
    ///
    /// @throws IOException when it does not, or speaks for another environment file
    void begin() throws IOException {
        holder.send(new Message.Hello(HolderService.PROTOCOL, ProcessHandle.current().pid(), "", environment.hash()));
        boolean greeted = false;
        for (var message = next(); !(message instanceof Message.State); message = next()) {
            if (message instanceof Message.Hello(int protocol, long pid, _, var hash)) {
                check(protocol, pid, hash);
                greeted = true;
            }
            hear(message);
        }
        if (!greeted) {
            throw new IOException("the holder did not greet");
        }
        Thread.ofVirtual().name("following " + environment.name()).start(this::listen);
    }

    /// The holder is there, and cannot be followed with this release or this file: trying again does not help.
    static final class Mismatch extends IOException {
        private static final long serialVersionUID = 1L;

        Mismatch(String why) {
            super(why);
        }
    }

    private void check(int protocol, long pid, String hash) throws Mismatch {
        if (protocol != HolderService.PROTOCOL) {
            throw new Mismatch("pid " + pid + " holds the environment and is of another release; use that one, or end it");
        }
        if (!hash.equals(environment.hash())) {
            throw new Mismatch("pid " + pid
                    + " holds the environment with another version of its file; use the same file, or end that process");
        }
    }

    private Message next() throws IOException {
        var message = holder.receive(SILENCE).orElseThrow(() -> new IOException("the holder says nothing"));
        if (message instanceof Message.State) {
            hear(message);
        }
        return message;
    }

    private void listen() {
        try {
            while (!closed) {
                var message = holder.receive(SILENCE).orElseThrow(() -> new IOException("the holder says nothing"));
                hear(message);
            }
        } catch (IOException _) {
            // the holder is gone, whatever the reason
        } finally {
            holder.close();
            waiting.values()
                    .forEach(answer -> answer.complete(new Message.Undecided(0, "the holder went away before it answered")));
            if (!closed) {
                var last = snapshot;
                publish(new Snapshot(last.at(), last.holder() + ", gone", false, last.fleet(),
                        last.links().stream().map(link -> link.gone(last.at())).toList(), last.run(),
                        last.events(), last.runs(),
                        last.knownGood(), last.control(), last.notices(),
                        last.watch() == null ? null : last.watch().gone(last.at(), "the console that watched is gone"),
                        null, last.drill(), last.metrics(), last.channels()));
                ended.run();
            }
        }
    }

    private void hear(Message message) {
        switch (message) {
            case Message.Entries(var news) -> {
                synchronized (entries) {
                    entries.addAll(news);
                }
                news.forEach(history::add);
            }
            case Message.State state -> publish(assemble(state));
            case Message.Taken(long id, _) -> answer(id, message);
            case Message.Refused(long id, _) -> answer(id, message);
            case Message.Undecided(long id, _) -> answer(id, message);
            case Message.Lines(long id, _) -> answer(id, message);
            case Message.Episodes(long id, _) -> answer(id, message);
            default -> {
                // requests are for holders
            }
        }
    }

    private Snapshot assemble(Message.State state) {
        var run = history.current().orElse(null);
        return new Snapshot(state.at(), state.holder(), true, state.fleet(), state.links(), run,
                run == null ? List.of() : history.events(run.run()),
                history.summaries(), history.knownGood().orElse(null),
                history.control().filter(control -> control.holds(state.at())).orElse(null), state.notices(), state.watch(),
                state.history(), history.drill().orElse(null), state.metrics(),
                state.channels() == null ? List.of() : state.channels());
    }

    private void publish(Snapshot next) {
        snapshot = next;
        watchers.publish(next);
    }

    private void answer(long id, Message message) {
        var answer = waiting.remove(id);
        if (answer != null) {
            answer.complete(message);
        }
    }

    /// Empty when no answer came.
    private @Nullable Message ask(Function<Long, Message> request) throws InterruptedException {
        long id = requests.incrementAndGet();
        var answer = new CompletableFuture<Message>();
        waiting.put(id, answer);
        try {
            holder.send(request.apply(id));
            return answer.get(ANSWER.toSeconds(), TimeUnit.SECONDS);
        } catch (IOException | ExecutionException | TimeoutException _) {
            waiting.remove(id);
            return null;
        }
    }

    private static Submitted submitted(@Nullable Message answer) {
        return switch (answer) {
            case Message.Taken(_, long seq) -> new Submitted.Taken(seq);
            case Message.Refused(_, var why) -> new Submitted.Refused(why);
            case Message.Undecided(_, var why) -> new Submitted.Unknown(why);
            case null, default -> new Submitted.Unknown("the holder did not answer; look at the journal before giving it again");
        };
    }

    @Override
    public Environment environment() {
        return environment;
    }

    @Override
    public Submitted submit(String run, Command command) throws InterruptedException {
        return submitted(ask(id -> new Message.Submit(id, run, command)));
    }

    @Override
    public Submitted setKnownGood(String actor, Map<String, String> versions) throws InterruptedException {
        return submitted(ask(id -> new Message.SetKnownGood(id, actor, versions)));
    }

    @Override
    public Snapshot snapshot() {
        return snapshot;
    }

    @Override
    public Watching watch(Consumer<Snapshot> watcher) {
        return watchers.add(watcher, snapshot);
    }

    @Override
    public List<Entry> entries(long fromSeq) {
        synchronized (entries) {
            return entries.stream().filter(entry -> entry.seq() >= fromSeq).toList();
        }
    }

    @Override
    public List<Recorded> events(String run) {
        return RunHistory.events(run, entries(1), codec);
    }

    @Override
    public List<String> logTail(String node, int lines) throws Unavailable, InterruptedException {
        return switch (ask(id -> new Message.LogTail(id, node, lines))) {
            case Message.Lines(_, var text) -> text;
            case Message.Refused(_, var why) -> throw new Unavailable(why);
            case null, default -> throw new Unavailable("the holder did not answer");
        };
    }

    @Override
    public List<KeptEpisode> remembered() throws Unavailable, InterruptedException {
        return switch (ask(Message.AskEpisodes::new)) {
            case Message.Episodes(_, var episodes) -> episodes;
            case Message.Refused(_, var why) -> throw new Unavailable(why);
            case null, default -> throw new Unavailable("the holder did not answer");
        };
    }

    @Override
    public void close() {
        closed = true;
        holder.close();
    }

    /// A snapshot that says that nothing is known yet.
    static Snapshot nothing(Environment environment, Instant now) {
        return new Snapshot(now, "nobody", false, new FleetBoard(environment, now, _ -> {
        }).fleet(), List.of(), null, List.of(), List.of(), null, null, List.of());
    }
}
