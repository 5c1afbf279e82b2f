package io.lockkeeper.domain.runbook;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a deploy says of the old and the new version side by side: whether one can go back, by what it depends on.
public record Compatible(Way schema, Way sessions, Way clients) {
    public enum Way {
        BOTH_WAYS("both-ways"), FORWARD_ONLY("forward-only"), UNKNOWN("unknown");

        private final String key;

        Way(String key) {
            this.key = key;
        }

        public String key() {
            return key;
        }
    }

    /// What speaks against going back, one sentence each; empty where everything is compatible both ways.
    public List<String> doubts() {
        var doubts = new ArrayList<String>();
        parts(Way.FORWARD_ONLY).ifPresent(parts -> doubts.add("the old version cannot go on with the " + parts
                + " that the new one leaves: going back loses something"));
        parts(Way.UNKNOWN).ifPresent(parts -> doubts.add("whether the old version can go on with the " + parts
                + " that the new one leaves is not known"));
        return doubts;
    }

    public boolean forwardOnly() {
        return parts(Way.FORWARD_ONLY).isPresent();
    }

    private Optional<String> parts(Way way) {
        var parts = new ArrayList<String>();
        if (schema == way) {
            parts.add("schema");
        }
        if (sessions == way) {
            parts.add("sessions");
        }
        if (clients == way) {
            parts.add("clients");
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", parts));
    }
}
