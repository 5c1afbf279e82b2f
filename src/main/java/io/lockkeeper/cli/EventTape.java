package io.lockkeeper.cli;

import io.lockkeeper.domain.client.ClientEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Between the clients' own threads, which must not wait, and the command, which writes what has come since it last looked.
final class EventTape implements AutoCloseable {
    private final Queue<ClientEvent> waiting = new ConcurrentLinkedQueue<>();
    private final Desk.EventFile file;

    EventTape(Desk.EventFile file) {
        this.file = file;
    }

    /// From any thread.
    void on(ClientEvent event) {
        waiting.add(event);
    }

    void write() throws Desk.Unusable {
        List<ClientEvent> events = new ArrayList<>();
        for (var event = waiting.poll(); event != null; event = waiting.poll()) {
            events.add(event);
        }
        file.write(events);
    }

    /// With what has come meanwhile.
    @Override
    public void close() throws Desk.Unusable {
        try (file) {
            write();
        }
    }
}
