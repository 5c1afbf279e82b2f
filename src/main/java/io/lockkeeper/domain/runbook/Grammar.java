package io.lockkeeper.domain.runbook;

import io.lockkeeper.domain.environment.ErrandKind;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The one table of the language: which keys a step of each kind has. Parser, JSON Schema and reference are made from it.
public final class Grammar {
    /// What stands behind a key.
    public enum Type {
        ID("an id: lower-case letters, digits and dashes"), TEXT("text"), DURATION("a duration with its unit, like 90s"), COUNT(
                "a whole number"), PERCENT("a percentage, like 25%"), NODE("a node of the environment"), NODES(
                        "`all`, or a list of nodes"), VERSION("a version"), CHOICE(
                                "one of the listed words"), SIGNAL("one of the listed signals, or one of `metrics`"), ITEMS(
                                        "a list of items"), STEPS("a list of steps"), CHECKS(
                                                "a list of gates"), CHOICES("a list of choices"), RUNBOOK(
                                                        "`{ runbook, with }`"), COMPATIBLE(
                                                                "`{ schema, sessions, clients }`"), BATCHES(
                                                                        "a list of percentages"), NAMES(
                                                                                "`all`, or a list of names"), CONFIRM(
                                                                                        "`person`, or `{ command, prints }`, `{ call, json, is }`, `{ call, status }`, `{ person }`"), COUNT_OR_SHARE(
                                                                                                "a whole number, or a percentage of the fleet");

        private final String words;

        Type(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /// @param fallback what holds when the key is absent, in the notation of a runbook; `null` when there is no such value
    /// @param choices the words of a CHOICE; otherwise empty
    /// @param only the verbs or signal shapes for which the key has a meaning; empty for all
    public record Field(String key, Type type, boolean required, @Nullable String fallback, List<String> choices,
            Set<String> only,
            String about) {}

    public record Kind(StepKind kind, String title, String about, List<Field> fields) {}

    /// How long an errand may take where its step does not say.
    static final String ERRAND_DEADLINE = "1m";
    /// What can stand after `do:`.
    static final List<String> VERBS = Stream
            .concat(Arrays.stream(Verb.values()).map(Verb::key), Arrays.stream(ErrandKind.values()).map(ErrandKind::verb))
            .toList();
    private static final List<String> SIGNALS = GateSignal.NAMED.stream().map(GateSignal::key).toList();
    private static final List<String> SCENARIOS = List.of("graceful", "emergency", "handoff");
    private static final List<String> MEASURES = Arrays.stream(Condition.Measure.values()).map(Condition.Measure::key).toList();
    private static final Set<String> OVER = Set.of("SUCCESS", "TIMES", "CONTINUITY", "MESSAGES", "AVAILABILITY");
    private static final List<String> STRAGGLERS = Arrays.stream(Stragglers.values()).map(Stragglers::key).toList();

    public static final List<Kind> KINDS = List.of(
            new Kind(StepKind.CHECKLIST, "what the list is for",
                    "Items that a person ticks; each tick is recorded with who and when.",
                    List.of(required("items", Type.ITEMS,
                            "each `{ id, text }`, with `ask: name` where the person must give a value, and `type` where it must be a version, duration, count or percent; later steps use it as `$id`"))),
            new Kind(StepKind.ACTION, "what is done",
                    "Does something, usually to one node, and is done only when the effect was read back.",
                    List.of(choice("do", null, VERBS, Set.of(), "what to do"),
                            optional("node", Type.NODE, null, "the node; needed for all but `command` and `http`"),
                            only("command", Type.TEXT, null, Set.of("command"), "its name in the environment file"),
                            only("call", Type.TEXT, null, Set.of("http"), "its name in the environment file"),
                            only("confirm", Type.CONFIRM, null, Set.of("command", "http"),
                                    "needed: how it is seen that it had its effect"),
                            only("version", Type.VERSION, null, Set.of("deploy", "command", "http"),
                                    "the version to put on the node, or for what asks for `$version`"),
                            only("percent", Type.PERCENT, null, Set.of("share"), "share of the node's normal weight"),
                            only("deadline", Type.DURATION, "5m", Set.of("drain", "command", "http"),
                                    "how long sessions may leave by themselves; of a command or call (default 1m): until when its effect must be seen, and when it is ended"),
                            choice("stragglers", "ask", STRAGGLERS, Set.of("drain"),
                                    "what happens at the deadline to those still there"),
                            only("rate", Type.COUNT, "10", Set.of("drain", "closeSessions"),
                                    "sessions closed per second, when they are closed"),
                            only("timeout", Type.DURATION, "by verb",
                                    Arrays.stream(Verb.values()).map(Verb::key).collect(Collectors.toUnmodifiableSet()),
                                    "how long until the effect must be seen, else the outcome is unknown"),
                            only("compatible", Type.COMPATIBLE, null, Set.of("deploy"),
                                    "each `both-ways`, `forward-only` or `unknown`: whether the old version can go on with what the new one leaves"))),
            new Kind(StepKind.GATE, "what must be true", "Lets the run pass only on fresh evidence that its condition holds.",
                    List.of(new Field("signal", Type.SIGNAL, true, null, SIGNALS, Set.of(),
                            "the quantity that is judged; with `from` any that this source of the environment's `metrics` has"),
                            optional("from", Type.TEXT, null,
                                    "a source of the environment's `metrics`, whose word is taken; see docs/signals.md"),
                            optional("of", Type.NODE, null,
                                    "the node it is about; needed for every `node.` and `probe.` signal; for `reconnect.` and `session.continuity` the clients that were on it, else all of them and the worst node"),
                            choice("where", "everywhere", List.of("everywhere", "clients", "metrics"), Set.of(),
                                    "`clients`, `metrics`: left out, with a note in its place, where the environment has no clients of ours that can tell, or no such signal from that source"),
                            only("is", Type.TEXT, null, Set.of("TRUTH", "TEXT"), "the value it must have"),
                            only("atLeast", Type.COUNT, null,
                                    Set.of("COUNT", "PROBE", "SHARE", "METRIC", "SUCCESS", "CONTINUITY", "AVAILABILITY"),
                                    "lower limit, inclusive; for probes: successes in a row, or a share like 95%; for clients always a share, like 99.95%"),
                            only("samples", Type.COUNT, "1", Set.of("SHARE"),
                                    "how many must have been tried before a share can pass"),
                            only("atMost", Type.COUNT, null, Set.of("COUNT", "METRIC", "MESSAGES", "OUT"),
                                    "upper limit, inclusive; for `clients.disconnected` also a share"),
                            only("moreThan", Type.COUNT, null, Set.of("COUNT", "METRIC"), "lower limit, exclusive"),
                            only("lessThan", Type.COUNT, null, Set.of("COUNT", "METRIC", "TIMES"),
                                    "upper limit, exclusive; for times a duration"),
                            only("lost", Type.COUNT, "0", Set.of("ACCOUNT"), "how many sessions may be lost"),
                            only("version", Type.VERSION, null, Set.of("VERSIONS"), "whose share of the open connections"),
                            only("percent", Type.PERCENT, "as many as its nodes are", Set.of("VERSIONS"),
                                    "what that share should be"),
                            only("points", Type.COUNT, "2", Set.of("VERSIONS"), "how many points it may be off"),
                            onlyChoice("by", "client", List.of("client", "attempt"), Set.of("SUCCESS"),
                                    "what is counted: clients that were lost, or attempts to come back"),
                            onlyChoice("scenario", null, SCENARIOS, Set.of("TIMES"), "needed: which losses"),
                            onlyChoice("measure", "mean", MEASURES, Set.of("TIMES"), "what of the times"),
                            onlyChoice("since", "gate", List.of("gate", "node", "run"), OVER,
                                    "from when on it counts: from the gate on, from the first step for this node of a forEach, or from the run's first step"),
                            only("window", Type.DURATION, "1h", OVER, "only the newest so long of that; at most 1h"),
                            only("minSamples", Type.COUNT, "1", Set.of("METRIC", "SUCCESS", "TIMES", "CONTINUITY", "MESSAGES"),
                                    "how many samples it takes to pass"),
                            only("minEvents", Type.COUNT, "3", Set.of("SUCCESS", "CONTINUITY"),
                                    "of how many events; losses of one node within 5 s are one"),
                            only("triggers", Type.NAMES, "all", Set.of("TRIGGERS"), "which triggers must be quiet"),
                            optional("for", Type.DURATION, "0s", "how long it must hold without a gap"),
                            optional("within", Type.DURATION, "1m", "how long to wait for that"),
                            choice("onFail", "hold", List.of("hold", "wayBack"), Set.of(), "when it was measured and is bad"),
                            choice("onInconclusive", "extend", List.of("extend", "hold", "wayBack"), Set.of(),
                                    "when it was measured and is neither; `extend` gives it the same time once more"),
                            choice("onNoData", "hold", List.of("hold"), Set.of(), "when it could not be measured"))),
            new Kind(StepKind.SOAK, "what must stay true",
                    "Gates that must hold for a long time, also across restarts of the console. Only time with evidence counts.",
                    List.of(required("for", Type.DURATION, "how much time with evidence is needed"),
                            required("gates", Type.CHECKS,
                                    "each `{ signal, of, is }` or with limits, as in a gate; `of` may be `all` or a list"),
                            optional("tolerate", Type.DURATION, "15s",
                                    "how long a gate may be bad without a gap before the soak fails; that time does not count"),
                            optional("patience", Type.DURATION, "10m",
                                    "how long evidence may be missing without a gap before a person is needed"),
                            choice("onFail", "hold", List.of("hold", "wayBack"), Set.of(), "when a gate was bad for too long"))),
            new Kind(StepKind.DECISION, "the question",
                    "A choice of a person, or of several who agree, that steers what follows.",
                    List.of(required("choices", Type.CHOICES,
                            "each `{ id, text }`, with `then` (`continue`, `wayBack` or `end`) and `steps` of its own; the answer is `$id` of the decision"),
                            optional("votes", Type.COUNT, "1", "how many different people must choose the same"))),
            new Kind(StepKind.APPROVAL, "what is approved",
                    "Another person of the environment's roster, by a signature bound to exactly this step of this run.",
                    List.of(optional("may", Type.TEXT, "approve", "what the person must be entitled to, by the roster"),
                            optional("expires", Type.DURATION, "4h", "how long the request can be answered"))),
            new Kind(StepKind.POINT_OF_NO_RETURN, "what cannot be undone",
                    "Waits for a person, always. From here on *roll back* walks another runbook.",
                    List.of(required("text", Type.TEXT, "why there is no way back from here"),
                            required("onward", Type.RUNBOOK, "what stands in for the way back from here on"))),
            new Kind(StepKind.NOTE, "the headline", "Shows a text and goes on.",
                    List.of(required("text", Type.TEXT, "what to show"))),
            new Kind(StepKind.FOR_EACH, "what happens to each", "Does its steps for one node after the other.",
                    List.of(required("as", Type.ID, "the name by which the steps refer to the node"),
                            required("in", Type.NODES, "the nodes, usually an input"),
                            optional("maxUnavailable", Type.COUNT_OR_SHARE, "1",
                                    "how many may be out of service at once; those that are out already count"),
                            optional("batches", Type.BATCHES, null,
                                    "how many of the nodes are done when each batch ends, like `[10%, 50%, 100%]`"),
                            optional("after", Type.STEPS, null, "what is done after each batch"),
                            required("steps", Type.STEPS, "what to do with each"))));

    private Grammar() {}

    private static Field required(String key, Type type, String about) {
        return new Field(key, type, true, null, List.of(), Set.of(), about);
    }

    private static Field optional(String key, Type type, @Nullable String fallback, String about) {
        return new Field(key, type, false, fallback, List.of(), Set.of(), about);
    }

    private static Field only(String key, Type type, @Nullable String fallback, Set<String> only, String about) {
        return new Field(key, type, false, fallback, List.of(), only, about);
    }

    private static Field choice(String key, @Nullable String fallback, List<String> choices, Set<String> only, String about) {
        return new Field(key, Type.CHOICE, fallback == null, fallback, choices, only, about);
    }

    /// A word that is needed, or has a default, only for some.
    private static Field onlyChoice(String key, @Nullable String fallback, List<String> choices, Set<String> only, String about) {
        return new Field(key, Type.CHOICE, false, fallback, choices, only, about);
    }

    public static Kind kind(StepKind kind) {
        return KINDS.stream().filter(one -> one.kind() == kind).findFirst().orElseThrow();
    }

    /// The default of a key of a kind, in the notation of a runbook.
    static String fallback(StepKind kind, String key) {
        return kind(kind).fields().stream().filter(field -> field.key().equals(key)).map(Field::fallback).filter(Objects::nonNull)
                .findFirst().orElseThrow();
    }
}
