package io.lockkeeper.domain.environment;

/// What an environment's adapters can do or see. A runbook that needs a missing one is refused by lint, not at step 7.
public enum Capability {
    DRAIN("take a node out of rotation and put it back"), CLOSE_SESSIONS("close a node's remaining sessions at a rate"), SHARE(
            "set a node's share of new connections"), RESTART("restart a node"), DEPLOY(
                    "put another version on a node"), NODE_READY("say whether a node is ready"), NODE_VERSION(
                            "say which version a node runs"), NODE_INSTANCE(
                                    "tell one life of a node's process from the next"), NODE_CONNECTIONS(
                                            "count a node's connections by its own count"), SESSIONS(
                                                    "follow every client session by name"), PROBE(
                                                            "open and resume a probe session on one node"), CLIENTS(
                                                                    "watch the service with clients of its own"), CLIENT_SESSIONS(
                                                                            "tell whether its own clients kept their sessions"), CLIENT_MESSAGES(
                                                                                    "tell whether its own clients lost messages"), METRICS(
                                                                                            "take numbers from other systems");

    private final String words;

    Capability(String words) {
        this.words = words;
    }

    /// Of clients of ours; the environment file's section `clients` says it.
    public boolean ofClients() {
        return this == CLIENTS || this == CLIENT_SESSIONS || this == CLIENT_MESSAGES;
    }

    /// Completes "this environment cannot ...".
    public String words() {
        return words;
    }
}
