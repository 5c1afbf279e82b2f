package io.lockkeeper.domain.environment;

import io.lockkeeper.domain.doc.Durations;
import io.lockkeeper.domain.doc.Fields;
import io.lockkeeper.domain.doc.Marked;
import io.lockkeeper.domain.doc.Nearest;
import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.trigger.Action;
import io.lockkeeper.domain.trigger.Delivery;
import io.lockkeeper.domain.trigger.TriggerSet;
import io.lockkeeper.domain.trigger.TriggerSpec;
import io.lockkeeper.domain.trigger.TriggerSpec.ByHand;
import io.lockkeeper.domain.trigger.TriggerSpec.DataLoss;
import io.lockkeeper.domain.trigger.TriggerSpec.FailuresInARow;
import io.lockkeeper.domain.trigger.TriggerSpec.Slower;
import io.lockkeeper.domain.trigger.TriggerSpec.SuccessBelow;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads `delivery` and `triggers`. An entry changes the trigger of that name, adds one, or says `off`; what it does not mention stays usual.
final class TriggersReader {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration YEAR = Duration.ofDays(366);
    private static final int MANY = 1_000_000;

    private enum Kind {
        SUCCESS("success"), FAILURES_IN_A_ROW("failures-in-a-row"), SLOWER("slower"), DATA_LOSS("data-loss"), TICKETS(
                "tickets"), CUSTOMER("customer"), CONSENSUS("consensus");

        private final String key;

        Kind(String key) {
            this.key = key;
        }

        /// The trigger of that kind whose values stand where an entry says nothing.
        TriggerSpec usual(TriggerSet usual) {
            return usual.specs().stream().filter(spec -> of(spec) == this).findFirst().orElseThrow();
        }

        static Kind of(TriggerSpec spec) {
            return switch (spec) {
                case SuccessBelow _ -> SUCCESS;
                case FailuresInARow _ -> FAILURES_IN_A_ROW;
                case Slower _ -> SLOWER;
                case DataLoss _ -> DATA_LOSS;
                case ByHand hand -> switch (hand.about()) {
                    case TICKETS -> TICKETS;
                    case CUSTOMER -> CUSTOMER;
                    case CONSENSUS -> CONSENSUS;
                };
            };
        }
    }

    private final List<Problem> problems;

    TriggersReader(List<Problem> problems) {
        this.problems = problems;
    }

    TriggerSet read(Fields top) {
        var usual = TriggerSet
                .usual(top.choice("delivery", List.of(Delivery.values()), Delivery::key).orElse(Delivery.EXACTLY_ONCE));
        var specs = new LinkedHashMap<String, TriggerSpec>();
        usual.specs().forEach(spec -> specs.put(spec.name(), spec));
        top.value("triggers").ifPresent(value -> {
            if (value instanceof Marked.Mapping mapping) {
                mapping.entries().forEach((name, entry) -> entry(name, entry, specs, usual));
            } else {
                top.problem(value.at(), "\"triggers\" must be a block of names and triggers", "success-rate: { for: 5m }");
            }
        });
        return new TriggerSet(List.copyOf(specs.values()));
    }

    private void entry(Marked.Scalar name, Marked entry, Map<String, TriggerSpec> specs, TriggerSet usual) {
        if (!Section.NAME.matcher(name.text()).matches()) {
            problems.add(Problem.error(name.at(), "\"" + name.text() + "\" cannot be the name of a trigger",
                    "letters, digits, '-', '_' and '.'"));
        } else if (entry instanceof Marked.Scalar word && word.text().equals("off")) {
            if (specs.remove(name.text()) == null) {
                problems.add(Problem.error(name.at(), "there is no trigger \"" + name.text() + "\" to switch off",
                        Nearest.suggestion(name.text(), specs.keySet())));
            }
        } else {
            Fields.of(entry, "trigger " + name.text(), problems).flatMap(fields -> trigger(name, fields, specs, usual))
                    .ifPresent(spec -> specs.put(name.text(), spec));
        }
    }

    private Optional<TriggerSpec> trigger(Marked.Scalar name, Fields fields, Map<String, TriggerSpec> specs, TriggerSet usual) {
        var known = specs.get(name.text());
        var said = fields.choice("kind", List.of(Kind.values()), kind -> kind.key);
        if (known == null && !fields.has("kind")) {
            fields.problem(name.at(), "\"kind\" is missing, and \"" + name.text() + "\" is none of the usual triggers",
                    Nearest.to(name.text(), specs.keySet()).map(near -> "did you mean \"" + near + "\"?")
                            .orElse("kind: success, failures-in-a-row, slower, data-loss, tickets, customer or consensus"));
        }
        if (known != null && said.isPresent() && said.get() != Kind.of(known)) {
            fields.problem(fields.at("kind"), "\"" + name.text() + "\" is a trigger of kind " + Kind.of(known).key,
                    "give a trigger of another kind a name of its own");
            return Optional.empty();
        }
        var base = known != null ? known : said.map(kind -> kind.usual(usual)).orElse(null);
        return Optional.ofNullable(base).map(one -> {
            var spec = spec(name.text(), action(fields, one), fields, one);
            fields.done();
            return spec;
        });
    }

    private static Action action(Fields fields, TriggerSpec base) {
        if (fields.scalar("action").filter(word -> word.text().equals("automatic")).isPresent()) {
            fields.problem(fields.at("action"), "\"action\" cannot be \"automatic\": this release never rolls back by itself",
                    "write offer; it shows a banner with the way back one click away");
            return base.action();
        }
        return fields.choice("action", List.of(Action.values()), Action::key).orElse(base.action());
    }

    private TriggerSpec spec(String name, Action action, Fields fields, TriggerSpec base) {
        return switch (base) {
            case SuccessBelow usual -> new SuccessBelow(name, action, percent(fields, "lessThan", usual.percent()),
                    duration(fields, "window", usual.window(), TriggerSpec.EVERY, DAY),
                    duration(fields, "for", usual.holds(), Duration.ZERO, DAY),
                    duration(fields, "pause", usual.pause(), Duration.ZERO, DAY));
            case FailuresInARow usual -> new FailuresInARow(name, action, count(fields, "moreThan", usual.moreThan()),
                    count(fields, "clients", usual.clients()));
            case Slower usual -> new Slower(name, action, percent(fields, "moreThan", usual.percent()),
                    duration(fields, "atLeast", usual.atLeast(), Duration.ZERO, DAY), count(fields, "samples", usual.samples()),
                    count(fields, "evaluations", usual.evaluations()),
                    duration(fields, "window", usual.window(), TriggerSpec.EVERY, DAY),
                    duration(fields, "young", usual.young(), Duration.ZERO, DAY),
                    duration(fields, "oldest", usual.oldest(), TriggerSpec.EVERY, YEAR));
            case DataLoss usual -> new DataLoss(name, action, usual.delivery(),
                    duration(fields, "resume", usual.resume(), Duration.ZERO, DAY));
            case ByHand usual -> new ByHand(name, action, usual.about(), switch (usual.about()) {
                case TICKETS -> percent(fields, "moreThan", usual.limit());
                case CUSTOMER -> usual.limit();
                case CONSENSUS -> count(fields, "votes", usual.limit());
            });
        };
    }

    private int percent(Fields fields, String key, int otherwise) {
        var given = fields.scalar(key).flatMap(scalar -> Fields.percent(scalar, "\"" + key + "\"", problems)).orElse(otherwise);
        if (given == 0) {
            fields.problem(fields.at(key), "\"" + key + "\" must be more than 0%", "");
        }
        return given;
    }

    private static int count(Fields fields, String key, int otherwise) {
        long given = fields.count(key).orElse((long) otherwise);
        if (given < 1 || given > MANY) {
            fields.problem(fields.at(key), "\"" + key + "\" must be from 1 to " + MANY, "");
            return otherwise;
        }
        return (int) given;
    }

    private static Duration duration(Fields fields, String key, Duration otherwise, Duration least, Duration most) {
        Duration given = fields.duration(key).orElse(otherwise);
        if (given.compareTo(least) < 0 || given.compareTo(most) > 0) {
            fields.problem(fields.at(key),
                    "\"" + key + "\" must be from " + Durations.words(least) + " to " + Durations.words(most),
                    "");
            return otherwise;
        }
        return given;
    }
}
