package io.lockkeeper.app.simulation;

import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.port.RunEvents;
import java.util.ArrayList;
import java.util.List;

/// Keeps events as they are and stores their number, for journals that live no longer than this object.
public final class PassingEvents implements RunEvents {
    private final List<RunEvent> events = new ArrayList<>();

    @Override
    public synchronized Encoded encode(RunEvent event) {
        events.add(event);
        return new Encoded(event.getClass().getSimpleName(), 1, String.valueOf(events.size() - 1));
    }

    @Override
    public synchronized RunEvent decode(Encoded encoded) {
        return events.get(Integer.parseInt(encoded.body()));
    }
}
