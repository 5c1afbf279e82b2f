package io.lockkeeper.main;

import io.lockkeeper.adapter.json.JsonRunEvents;
import io.lockkeeper.port.RunEvents;

/// Made by the first command that needs a journal.
final class RunCodec {
    static final RunEvents JSON = new JsonRunEvents();

    private RunCodec() {}
}
