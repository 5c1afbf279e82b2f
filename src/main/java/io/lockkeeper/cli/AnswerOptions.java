package io.lockkeeper.cli;

import picocli.CommandLine.Option;

/// How questions of a run are answered, and in which form it is shown.
final class AnswerOptions {
    @Option(names = "--yes", description = {"tick, say go, and try once more what was seen not to have been applied;",
            "a command or call never a second time; a failed step stops here, an unknown outcome is never guessed"})
    boolean yes;

    /// What may be done about them without asking.
    enum Stragglers {
        ASK, CLOSE
    }

    @Option(names = "--stragglers", paramLabel = "close", description = "with --yes: close clients that stay beyond the deadline, 10 per second")
    Stragglers stragglers = Stragglers.ASK;

    @Option(names = "--json", description = "one JSON line per event, then one with the result")
    boolean json;

    @Option(names = "--actor", paramLabel = "NAME", description = "who is responsible; else the user of this computer")
    String actor = "";

    String actor(Desk desk) {
        return actor.isEmpty() ? desk.user() : actor;
    }
}
