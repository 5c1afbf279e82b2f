package io.lockkeeper.domain.run;

import io.lockkeeper.domain.client.ClientRole;
import io.lockkeeper.domain.client.Episode;
import io.lockkeeper.domain.client.Loss;
import io.lockkeeper.domain.client.Scenario;
import io.lockkeeper.domain.doc.Durations;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.fleet.Sight;
import io.lockkeeper.domain.runbook.Condition;
import io.lockkeeper.domain.runbook.GateSignal;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.domain.signal.EpisodeSignals;
import io.lockkeeper.domain.signal.Portion;
import io.lockkeeper.domain.signal.Ratio;
import io.lockkeeper.domain.signal.Reading;
import io.lockkeeper.domain.signal.Verdict;
import io.lockkeeper.domain.signal.Window;
import io.lockkeeper.domain.trigger.Phase;
import io.lockkeeper.domain.trigger.TriggerSpec;
import io.lockkeeper.domain.watch.Felt;
import io.lockkeeper.domain.watch.Watcher;
import io.lockkeeper.domain.watch.TriggerReading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What a condition on what clients of ours felt is worth at this moment. Where nobody watches, the watch has not begun, what it took is old, or
/// Lockkeeper itself is at fault, there is no data. Nothing from before the step, or from before where it says that it begins, counts.
final class FeltJudge {
    /// Handshake and first message, by their usual limits.
    private static final Duration FIRST_CONNECT = Duration.ofSeconds(15);
    /// How much of what should have been watched must have been, in percent.
    private static final long COVERED = 90;

    private final String path;
    private final int number;
    private final RunState state;
    private final Facts facts;

    FeltJudge(String path, int number, RunState state, Facts facts) {
        this.path = path;
        this.number = number;
        this.state = state;
        this.facts = facts;
    }

    Reading judge(Step.Check check) {
        return switch (facts.felt()) {
            case Felt.Nobody(var why) -> nothing("nobody is watching: " + why);
            case Felt.Told(var judged) -> Optional.ofNullable(judged.get(Felt.key(path, number)))
                    .orElseGet(() -> nothing("whoever watches has not said anything of it yet"));
            case Felt.Watched watched -> judge(check, watched);
        };
    }

    private static Reading nothing(String why) {
        return new Reading(Verdict.NO_DATA, 0, "", null, why);
    }

    private Reading judge(Step.Check check, Felt.Watched watched) {
        if (!watched.watcher().watching()) {
            return nothing(watched.watcher().words());
        }
        var taken = new Sight.Seen<>(watched, watched.at());
        if (taken.fresh(facts.now(), Fleet.FRESH).isEmpty()) {
            return new Reading(Verdict.STALE, 0, "", watched.at(), "what clients felt is "
                    + Age.words(watched.at(), facts.now()));
        }
        if (!taken.isReadSince(entered())) {
            return nothing("what clients felt has not been read since the step began");
        }
        return watched.fault()
                .map(fault -> new Reading(Verdict.NO_DATA, 0, "", watched.at(), "Lockkeeper itself was at fault: " + fault.why()))
                .orElseGet(() -> new Judging(watched).judge(check));
    }

    private Instant entered() {
        var entered = state.step(path).enteredAt();
        return entered == null ? facts.now() : entered;
    }

    /// On a record that can be believed.
    private final class Judging {
        private final Felt.Watched watched;
        private final EpisodeSignals signals;

        Judging(Felt.Watched watched) {
            this.watched = watched;
            this.signals = new EpisodeSignals(watched.record(), watched.faults());
        }

        Reading judge(Step.Check check) {
            var of = of(check.node());
            return switch (check.condition()) {
                case Condition.Returning(var by, var limit, var over) -> {
                    var window = window(over);
                    yield shares(check.node(), limit, over, group -> {
                        var success = signals.success(by, window, group);
                        return new Share(success.ratio(), success.events(), success.newest());
                    }, by.words(), "nobody had to come back", window);
                }
                case Condition.Continued(var limit, var over) -> {
                    var window = window(over);
                    yield shares(check.node(), limit, over, group -> {
                        var kept = signals.kept(window, group);
                        return new Share(kept.sessions(), kept.events(), kept.newest());
                    }, "the same session, nothing lost:", "nobody came back of whom the service says what was kept", window);
                }
                case Condition.Returned returned -> times(returned, of);
                case Condition.Messages(long atMost, var over) -> messages(check.signal(), atMost, over);
                case Condition.Out out -> out(out);
                case Condition.Available(var limit, var over) -> available(limit, over);
                case Condition.Quiet(var triggers) -> quiet(triggers);
                case Condition.IsTrue _,Condition.IsText _,Condition.Count _,Condition.Accounted _,Condition.Share _,Condition.Resumed _,Condition.VersionShare _,Condition.Metric _ ->
                    throw new IllegalArgumentException(check.signal().key());
            };
        }

        private static Predicate<Episode> of(@Nullable String node) {
            return node == null ? _ -> true : episode -> episode.fromNode().equals(node);
        }

        /// By the record's clock.
        private Window window(Condition.Over over) {
            var to = watched.to();
            var since = switch (over.since()) {
                case GATE -> entered();
                case NODE -> firstEntered(lane());
                case RUN -> state.start().at();
            };
            var from = later(since.plus(watched.ahead()), to.minus(over.window()));
            return new Window(from.isAfter(to) ? to : from, to);
        }

        private String lane() {
            var plans = new ArrayList<>(List.of(state.start().plan(), state.activePlan()));
            return plans.stream().flatMap(plan -> plan.lanes().stream()).map(lane -> lane.path() + "/")
                    .filter(path::startsWith).max(Comparator.comparingInt(String::length)).orElse(path);
        }

        private Instant firstEntered(String prefix) {
            return state.steps().values().stream().filter(step -> step.path().startsWith(prefix)).map(StepRun::enteredAt)
                    .filter(Objects::nonNull).min(Comparator.naturalOrder()).orElse(entered());
        }

        private record Share(Ratio ratio, int events, @Nullable Instant newest) {}

        /// All together by the interval; and no node by itself may be below, where the gate is not about one.
        private Reading shares(@Nullable String node, Portion limit, Condition.Over over,
                Function<Predicate<Episode>, Share> measure, String what, String none, Window window) {
            var pooled = measure.apply(of(node));
            if (pooled.ratio().tried() == 0) {
                return nothing(none + (node == null ? "" : " from " + node) + " in " + words(window));
            }
            var verdict = pooled.ratio().atLeast(limit.share(), over.minSamples());
            var why = new StringBuilder(what + " " + pooled.ratio().words() + ", " + events(pooled.events())
                    + (node == null ? "" : ", from " + node));
            if (verdict == Verdict.PASS && pooled.events() < over.minEvents()) {
                verdict = Verdict.INCONCLUSIVE;
                why.append("; it takes ").append(over.minEvents());
            }
            for (var worst : node == null ? nodes() : List.<String>of()) {
                var own = measure.apply(of(worst)).ratio();
                boolean below = own.tried() > 0 && own.good() < limit.share() * own.tried();
                if (below && own.upper() < limit.share()) {
                    verdict = Verdict.FAIL;
                } else if (below && verdict == Verdict.PASS) {
                    verdict = Verdict.INCONCLUSIVE;
                }
                if (below) {
                    why.append("; from ").append(worst).append(" ").append(own.words());
                }
            }
            return new Reading(verdict, samples(pooled.ratio().tried()), pooled.ratio().words(), wall(pooled.newest()),
                    why.toString());
        }

        private Set<String> nodes() {
            var nodes = new TreeSet<String>();
            watched.record().all().map(Episode::fromNode).filter(node -> !node.isEmpty()).forEach(nodes::add);
            return nodes;
        }

        /// Who is still out counts with the time so far: it can only become longer.
        private Reading times(Condition.Returned wanted, Predicate<Episode> of) {
            var window = window(wanted.counted());
            var back = signals.times(wanted.scenario(), window, of);
            var out = watched.record().all().filter(Episode::open).filter(of)
                    .filter(episode -> episode.scenario() == wanted.scenario()).toList();
            var longest = out.stream().map(episode -> Duration.between(episode.lostAt(), window.to()))
                    .max(Comparator.naturalOrder()).orElse(Duration.ZERO);
            var value = switch (wanted.measure()) {
                case MEAN -> back.mean();
                case P95 -> back.p95();
                case MAX -> back.max().compareTo(longest) < 0 ? longest : back.max();
            };
            if (back.samples() == 0 && out.isEmpty()) {
                return nothing("nobody came back from " + scenario(wanted.scenario()) + " losses in " + words(window));
            }
            boolean slow = value.compareTo(wanted.lessThan()) >= 0;
            boolean stillOut = !out.isEmpty();
            var verdict = slow && (back.samples() > 0 || wanted.measure() == Condition.Measure.MAX)
                    ? Verdict.FAIL
                    : stillOut || back.samples() < wanted.counted().minSamples() ? Verdict.INCONCLUSIVE : Verdict.PASS;
            var took = wanted.measure().key() + " " + seconds(value);
            return new Reading(verdict, samples(back.samples()), took, wall(back.newest()),
                    scenario(wanted.scenario()) + " returns: " + took + " of " + back.samples() + ", " + events(back.events())
                            + (stillOut ? "; " + out.size() + " still out, for up to " + seconds(longest) : "")
                            + (slow ? ", wanted less than " + seconds(wanted.lessThan()) : ""));
        }

        private Reading messages(GateSignal signal, long atMost, Condition.Over over) {
            var window = window(over);
            var kept = signals.kept(window);
            boolean lost = signal == GateSignal.MESSAGES_LOST;
            long count = lost ? kept.lost() : kept.duplicated();
            long known = kept.sessions().tried();
            var verdict = count > atMost
                    ? Verdict.FAIL
                    : known == 0 ? Verdict.NO_DATA : known < over.minSamples() ? Verdict.INCONCLUSIVE : Verdict.PASS;
            var why = count + (count == 1 ? " message" : " messages") + (lost ? " lost" : " twice") + ", " + known
                    + (known == 1 ? " return" : " returns") + " in " + words(window)
                    + (verdict == Verdict.INCONCLUSIVE ? ", " + over.minSamples() + " are needed" : "");
            return new Reading(verdict, samples(known), String.valueOf(count), wall(kept.newest()), why);
        }

        /// Clients that are only just coming back from a close of their own are not out.
        private Reading out(Condition.Out limit) {
            long cycling = watched.record().all().filter(Episode::open)
                    .filter(episode -> episode.loss().way() == Loss.Way.ON_PURPOSE && episode.deadline().isAfter(watched.to()))
                    .count();
            long never = Math.max(0, watched.clients() - watched.record().watched());
            long out = watched.record().out() - cycling + never;
            long all = Math.max(watched.clients(), watched.record().watched());
            if (all == 0) {
                return nothing("there are no clients");
            }
            boolean holds = within(limit, out, all);
            if (!holds && never > 0 && isYoung() && within(limit, out - never, all)) {
                return new Reading(Verdict.INCONCLUSIVE, samples(all - never), out + " of " + all, watched.at(),
                        never + " of " + all + " clients are still connecting for the first time");
            }
            return new Reading(holds ? Verdict.PASS : Verdict.FAIL, samples(all), out + " of " + all, watched.at(),
                    out + " of " + all + " clients are out" + (never > 0 ? ", " + never + " of them never had a session" : "")
                            + (holds ? "" : ", wanted " + limit.words()));
        }

        private static boolean within(Condition.Out limit, long out, long all) {
            return limit.share() == null
                    ? limit.atMost() == null || out <= limit.atMost()
                    : out <= limit.share().share() * all;
        }

        /// Whoever resumes a run brings new clients, and the service is not to blame for the moment in which they begin.
        private boolean isYoung() {
            return watched.watcher() instanceof Watcher.Watching(_, var since) && since.plus(FIRST_CONNECT).isAfter(watched.at());
        }

        private Reading available(Portion limit, Condition.Over over) {
            var window = window(over);
            long sentinels = watched.record().watches()
                    .filter(watch -> watch.role() == ClientRole.SENTINEL && watch.to().equals(Instant.MAX)).count();
            if (sentinels == 0) {
                return nothing("no sentinel is watching");
            }
            var measured = signals.availability(window);
            var whole = over.window().multipliedBy(sentinels);
            boolean covered = measured.watched().multipliedBy(100).compareTo(whole.multipliedBy(COVERED)) >= 0;
            boolean holds = measured.share() >= limit.share();
            // what is spent already cannot be made good within the window
            boolean spent = measured.out().toMillis() > (1 - limit.share()) * whole.toMillis();
            var verdict = spent || (covered && !holds) ? Verdict.FAIL : covered ? Verdict.PASS : Verdict.INCONCLUSIVE;
            var share = String.format(Locale.ROOT, "%.2f %%", Math.floor(10_000 * measured.share()) / 100);
            return new Reading(verdict, samples(sentinels), share, watched.at(), "availability " + share + " over "
                    + words(window) + ", " + sentinels + (sentinels == 1 ? " sentinel" : " sentinels")
                    + (covered ? "" : ", of " + Durations.words(over.window()) + " not enough was watched")
                    + (holds ? "" : ", wanted at least " + limit.words()));
        }

        private Reading quiet(List<String> wanted) {
            var asked = watched.evaluatedAt();
            if (asked == null || asked.isBefore(entered())) {
                return nothing("the triggers have not been evaluated since the step began");
            }
            if (asked.plus(TriggerSpec.EVERY).plus(Fleet.FRESH).isBefore(facts.now())) {
                return new Reading(Verdict.STALE, 0, "", asked, "the triggers were last evaluated "
                        + Duration.between(asked, facts.now()).toSeconds() + " s ago");
            }
            return quiet(wanted, watched.triggers());
        }

        private Reading quiet(List<String> wanted, List<TriggerReading> known) {
            for (var name : wanted) {
                if (known.stream().noneMatch(trigger -> trigger.name().equals(name))) {
                    return nothing("this environment has no trigger " + name);
                }
            }
            var asked = known.stream().filter(trigger -> wanted.isEmpty() || wanted.contains(trigger.name())).toList();
            if (asked.isEmpty()) {
                return nothing("this environment has no triggers");
            }
            var worst = asked.stream().max(Comparator.comparingInt(trigger -> severity(trigger.phase()))).orElseThrow();
            var verdict = switch (worst.phase()) {
                case Phase.Quiet _ -> Verdict.PASS;
                case Phase.Holding _ -> Verdict.INCONCLUSIVE;
                case Phase.Fired _ -> Verdict.FAIL;
                case Phase.Blind _ -> Verdict.NO_DATA;
            };
            return new Reading(verdict, asked.size(), worst.phase().word(), watched.at(), verdict == Verdict.PASS
                    ? asked.size() + (asked.size() == 1 ? " trigger is quiet" : " triggers are quiet")
                    : said(worst));
        }

        private static String said(TriggerReading trigger) {
            return "trigger " + trigger.name() + ": " + trigger.words();
        }

        private static int severity(Phase phase) {
            return switch (phase) {
                case Phase.Quiet _ -> 0;
                case Phase.Holding _ -> 1;
                case Phase.Blind _ -> 2;
                case Phase.Fired _ -> 3;
            };
        }

        /// The same time by the wall clock.
        private @Nullable Instant wall(@Nullable Instant at) {
            return at == null ? null : at.minus(watched.ahead());
        }
    }

    private static int samples(long count) {
        return (int) Math.min(Integer.MAX_VALUE, count);
    }

    private static String events(int events) {
        return events + (events == 1 ? " event" : " events");
    }

    private static String scenario(Scenario scenario) {
        return scenario.name().toLowerCase(Locale.ROOT);
    }

    private static String words(Window window) {
        return Durations.words(Duration.ofSeconds(window.length().toSeconds()));
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
