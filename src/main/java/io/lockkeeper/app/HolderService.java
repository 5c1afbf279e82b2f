package io.lockkeeper.app;

import io.lockkeeper.domain.journal.Entry;
import io.lockkeeper.port.Conversation;
import io.lockkeeper.port.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// The holder's side of the door: tells one caller everything, and takes its commands.
public final class HolderService {
    public static final int PROTOCOL = 2;
    private static final Duration BETWEEN_STATES = Duration.ofMillis(200);

    private final EnvironmentAccess access;
    private final String application;

    public HolderService(EnvironmentAccess access, String application) {
        this.access = access;
        this.application = application;
    }

    /// Serves one caller until it hangs up.
    public void serve(Conversation caller) {
        var told = new Told(caller);
        try (var _ = access.watch(_ -> told.changed())) {
            caller.send(new Message.Hello(PROTOCOL, ProcessHandle.current().pid(), application, access.environment().hash()));
            while (true) {
                told.tell();
                var message = caller.receive(BETWEEN_STATES);
                if (message.isPresent()) {
                    answerApart(caller, message.get());
                }
            }
        } catch (IOException _) {
            // the caller hung up, or does not read: it will call again
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// A slow answer must not hold up the state that says that this holder is alive.
    private void answerApart(Conversation caller, Message message) {
        Thread.ofVirtual().name("answer").start(() -> {
            try {
                answer(caller, message);
            } catch (IOException _) {
                caller.close();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void answer(Conversation caller, Message message) throws IOException, InterruptedException {
        switch (message) {
            case Message.Submit(long id, var run, var command) -> caller.send(answer(id, access.submit(run, command)));
            case Message.SetKnownGood(long id, var actor, var versions) ->
                caller.send(answer(id, access.setKnownGood(actor, versions)));
            case Message.LogTail(long id, var node, int lines) -> caller.send(log(id, node, lines));
            case Message.AskEpisodes(long id) -> caller.send(episodes(id));
            case Message.Hello hello when hello.protocol() != PROTOCOL ->
                throw new IOException("another protocol: " + hello.protocol());
            default -> {
                // a greeting, or something only holders say
            }
        }
    }

    private static Message answer(long id, Submitted submitted) {
        return switch (submitted) {
            case Submitted.Taken(long seq) -> new Message.Taken(id, seq);
            case Submitted.Refused(var why) -> new Message.Refused(id, why);
            case Submitted.Unknown(var why) -> new Message.Undecided(id, why);
        };
    }

    private Message episodes(long id) throws InterruptedException {
        try {
            return new Message.Episodes(id, access.remembered());
        } catch (EnvironmentAccess.Unavailable e) {
            return new Message.Refused(id, String.valueOf(e.getMessage()));
        }
    }

    private Message log(long id, String node, int lines) throws InterruptedException {
        try {
            return new Message.Lines(id, access.logTail(node, lines));
        } catch (EnvironmentAccess.Unavailable e) {
            return new Message.Refused(id, String.valueOf(e.getMessage()));
        }
    }

    /// What one caller has been told already: anything new within 200 ms, and without news once a second that all is well. Entries always go before the state that came of them.
    private final class Told {
        private final Conversation caller;
        private final AtomicBoolean news = new AtomicBoolean(true);
        private long seq;
        private int quiet;

        Told(Conversation caller) {
            this.caller = caller;
        }

        void changed() {
            news.set(true);
        }

        void tell() throws IOException, InterruptedException {
            quiet++;
            if (!news.getAndSet(false) && quiet < 5) {
                return;
            }
            quiet = 0;
            var entries = entries();
            if (!entries.isEmpty()) {
                caller.send(new Message.Entries(entries));
                seq = entries.getLast().seq();
            }
            var now = access.snapshot();
            caller.send(new Message.State(now.at(), now.holder(), now.fleet(), now.links(), now.notices(), now.watch(),
                    now.history(), now.metrics(), now.channels()));
        }

        private List<Entry> entries() throws IOException, InterruptedException {
            try {
                return access.entries(seq + 1);
            } catch (EnvironmentAccess.Unavailable e) {
                throw new IOException(String.valueOf(e.getMessage()), e);
            }
        }
    }
}
