package io.lockkeeper.domain.alerting;

/// The series on a watcher's page. Each has a label `environment`; further labels are said here.
public enum Series {
    /// `version`.
    BUILD("lockkeeper_build_info", "1, with the version of the watcher."), WATCHING("lockkeeper_watching",
            "1 while clients of ours watch the environment, 0 while nobody does."), DRILL("lockkeeper_drill",
                    "1 while somebody drills whether an alert arrives, else 0."), RUN_OPEN("lockkeeper_run_open",
                            "1 while a run is open in the environment, else 0."), READ_AT("lockkeeper_reading_timestamp_seconds",
                                    "When the clients were counted last."), CLIENTS("lockkeeper_clients",
                                            "Clients of ours that should be connected."), CONNECTED(
                                                    "lockkeeper_clients_connected",
                                                    "Clients of ours that have a session now."), OUT("lockkeeper_clients_out",
                                                            "Clients of ours that had a session and are not back yet."),
    /// `by`: client or attempt; `window`.
    SUCCESS("lockkeeper_reconnect_success_ratio",
            "Reconnections that succeeded in the window, from 0 to 1; absent without samples."),
    /// As [#SUCCESS].
    SUCCESS_SAMPLES("lockkeeper_reconnect_success_samples", "Samples behind lockkeeper_reconnect_success_ratio."),
    /// `scenario`; `window`.
    TIME_MEAN("lockkeeper_reconnect_time_mean_seconds", "Mean time from loss to return in the window; absent without samples."),
    /// As [#TIME_MEAN].
    TIME_SAMPLES("lockkeeper_reconnect_time_samples", "Samples behind lockkeeper_reconnect_time_mean_seconds."),
    /// `window`.
    AVAILABILITY("lockkeeper_availability_ratio",
            "Share of client time in which the sentinels were connected, from 0 to 1; absent without data."), LOST(
                    "lockkeeper_clients_lost_total", "Connections of ours that were lost and not closed on purpose."), BACK(
                            "lockkeeper_clients_back_total", "Returns of clients of ours."),
    /// `cause`.
    FAILED("lockkeeper_connect_failures_total", "Attempts to connect that gave no session."), SESSIONS_LOST(
            "lockkeeper_sessions_lost_total", "Returns with a new session instead of the old one."), MESSAGES_LOST(
                    "lockkeeper_messages_lost_total", "Messages that never came, by their numbers."), MESSAGES_DUPLICATED(
                            "lockkeeper_messages_duplicated_total", "Messages that came twice, by their numbers."),
    /// `trigger`; `phase`: quiet, holding, fired or blind.
    TRIGGER_PHASE("lockkeeper_trigger_phase", "1 for the phase that a trigger is in, 0 for its others.");

    private final String key;
    private final String help;

    Series(String key, String help) {
        this.key = key;
        this.help = help;
    }

    public String key() {
        return key;
    }

    /// One sentence.
    public String help() {
        return help;
    }

    /// `counter` or `gauge`, as Prometheus calls them.
    public String type() {
        return key.endsWith("_total") ? "counter" : "gauge";
    }

    /// A selector of the series of one environment.
    ///
    /// @param more further matchers by label
    String of(String environment, String... more) {
        var matchers = new StringBuilder("environment=\"" + environment + "\"");
        for (int i = 0; i < more.length; i += 2) {
            matchers.append(',').append(more[i]).append("=\"").append(more[i + 1]).append('"');
        }
        return key + "{" + matchers + "}";
    }
}
