package io.lockkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.Promise;
import io.lockkeeper.adapter.yaml.RunbookFolder;
import io.lockkeeper.app.simulation.ModelService;
import io.lockkeeper.app.simulation.VirtualTime;
import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.fleet.AdminState;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.run.Ending;
import io.lockkeeper.domain.run.Op;
import io.lockkeeper.domain.run.OpRun;
import io.lockkeeper.domain.run.Order;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.runbook.Runbook;
import io.lockkeeper.domain.runbook.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every shipped runbook, killed at every moment and again while it comes back; counts of moments are printed for `docs/safety.md`.
@Promise(4)
class KillPointsTest {
    /// How many moments after each kill the next kill tries.
    private static final int MOMENTS_OF_A_RESUMPTION = Integer.getInteger("kills.resumption", 6);

    /// Each stage of a staged rollout passes the same kinds of moments: the next kills are spread over the stages.
    private static final int STAGES = 3;

    private static final Duration AGREEMENT = Duration.ofSeconds(10);
    private static final Map<String, String> OLD = Map.of("ws-1", "v1", "ws-2", "v1", "ws-3", "v1");
    private static final List<Runbook> SHIPPED = shipped();

    /// What a story begins with is the same for each of its runs.
    private static final Map<Story, Command.Start> STARTS = new EnumMap<>(Story.class);

    enum Story {
        DRAIN("drain-node", "node=ws-2 deadline=5s", Ending.SUCCEEDED, "v1 v1 v1"), //
        RETURN("return-node", "node=ws-2", Ending.SUCCEEDED, "v1 v1 v1"), //
        RESTART("graceful-restart", "deadline=5s nodes=ws-1,ws-3", Ending.SUCCEEDED, "v1 v1 v1"), //
        DEPLOY("rolling-deploy", "version=v2 deadline=5s nodes=ws-3,ws-1", Ending.SUCCEEDED, "v2 v1 v2"), //
        GUIDED("rolling-deploy", "version=v2 deadline=5s nodes=ws-2", Ending.SUCCEEDED, "v1 v2 v1"), //
        WAY_BACK("rolling-deploy", "version=bad deadline=5s", Ending.ROLLED_BACK, "v1 v1 v1"), //
        GATE_GOES_BACK("rolling-deploy", "version=bad deadline=5s", Ending.ROLLED_BACK, "v1 v1 v1"), //
        EMERGENCY("emergency-recovery", "nodes=ws-2", Ending.SUCCEEDED, "v1 v1 v1"), //
        STAGED("staged-rollout", "version=v2 deadline=5s stage=1m", Ending.SUCCEEDED, "v2 v2 v2"), //
        KNOWN_GOOD("rollback", "", Ending.SUCCEEDED, "v1 v1 v1");

        final String runbook;
        final Ending ending;
        private final String inputs;
        private final String versions;

        /// @param versions what the nodes run at the end
        Story(String runbook, String inputs, Ending ending, String versions) {
            this.runbook = runbook;
            this.inputs = inputs;
            this.ending = ending;
            this.versions = versions;
        }

        private Map<String, String> inputs() {
            return inputs.isEmpty()
                    ? Map.of()
                    : Arrays.stream(inputs.split(" ", -1)).map(input -> input.split("=", 2))
                            .collect(Collectors.toMap(input -> input[0], input -> input[1]));
        }

        private String version(String node) {
            return versions.split(" ", -1)[Plans.NODES.indexOf(node)];
        }

        private Consumer<ModelService> before() {
            return switch (this) {
                case RETURN -> service -> service.drain("ws-2", "edge");
                case KNOWN_GOOD -> service -> List.of("ws-1", "ws-3").forEach(name -> service.begin(name, "v2"));
                default -> _ -> {
                };
            };
        }

        private KilledRun.OnFailedGate person() {
            return switch (this) {
                case WAY_BACK -> KilledRun.OnFailedGate.GOES_BACK;
                case GATE_GOES_BACK -> KilledRun.OnFailedGate.LEAVES_IT_TO_THE_RUN;
                default -> KilledRun.OnFailedGate.RETRIES;
            };
        }

        private AdminState admin(String node) {
            return this == DRAIN && node.equals("ws-2") ? AdminState.DRAINED : AdminState.ENABLED;
        }
    }

    private static List<Runbook> shipped() {
        try {
            var runbooks = new ArrayList<Runbook>();
            for (var file : RunbookFolder.files(Path.of("runbooks"))) {
                RunbookFolder.read(file).runbook().ifPresent(runbooks::add);
            }
            return List.copyOf(runbooks);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The shipped ones, but for the story of a gate that goes back by itself.
    private record Shipped(Story story) implements RunbookLibrary {
        @Override
        public List<Runbook> runbooks() {
            return SHIPPED.stream()
                    .map(one -> story == Story.GATE_GOES_BACK && one.id().equals(story.runbook) ? goesBack(one) : one)
                    .toList();
        }

        private static Runbook goesBack(Runbook shipped) {
            return RunbookFolder.read("goes-back.yaml", shipped.source().replace("atLeast: 3, within: 1m }",
                    "atLeast: 3, within: 1m, onFail: wayBack }")).runbook().orElseThrow();
        }

        @Override
        public List<Problem> problems() {
            return List.of();
        }
    }

    private static Command.Start start(Story story, KilledRun run) {
        var good = story == Story.KNOWN_GOOD ? new KnownGood(OLD, "kim", VirtualTime.START) : null;
        var snapshot = new Snapshot(run.time.now(), "test", true, run.service.model().fleet(), List.of(), null, List.of(),
                List.of(),
                good, null, List.of());
        var request = new RunRequest("kim", "", story.runbook, story.inputs(), story == Story.GUIDED, good != null);
        return switch (new RunPreparation(Trial.ENVIRONMENT, new Shipped(story), run.time, "test", () -> "nonce").prepare(
                request,
                snapshot)) {
            case Prepared.Ready(var start, _) -> start;
            case Prepared.Refused(var problems) -> throw new AssertionError(problems);
        };
    }

    private static KilledRun run(Story story, Integer... kills) {
        var downtime = Duration.ofSeconds(kills.length == 0 ? 0 : List.of(0, 3, 45).get(kills[0] % 3));
        var run = new KilledRun(List.of(kills), story.before(), one -> STARTS.computeIfAbsent(story, _ -> start(story, one)),
                downtime, story.person());
        try {
            run.walk();
            right(story, run);
            return run;
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(story + " killed at " + List.of(kills) + ": " + e.getMessage(), e);
        }
    }

    @Test
    void everyShippedRunbookHasAStoryHere() {
        assertThat(SHIPPED).extracting(Runbook::id).isSubsetOf(Arrays.stream(Story.values())
                .map(story -> story.runbook).toList());
    }

    @Timeout(240) // thousands of kills, and two cores that others use, too
    @ParameterizedTest
    @EnumSource(Story.class)
    @Promise(1)
    void killedAtEveryMomentAndAgainWhileItComesBackItEndsRight(Story story) {
        var whole = run(story);
        int apart = story == Story.STAGED ? STAGES : 1;
        int kills = 0;
        int runs = 0;
        int first = whole.moments.passed();
        for (int moment = 1; moment <= first; moment++) {
            kills += run(story, moment).moments.killed();
            for (int again = 1 + moment % apart; again <= MOMENTS_OF_A_RESUMPTION; again += apart) {
                kills += run(story, moment, again).moments.killed();
                runs++;
            }
        }
        runs += first;
        System.out.println("kill points of " + story.runbook + " (" + story + "): " + first + " moments, " + kills + " kills in "
                + runs + " runs");
        assertThat(kills).isGreaterThan(runs);
    }

    private static void right(Story story, KilledRun run) {
        var state = run.state();
        assertThat(run.ending()).isEqualTo(story.ending);
        Plans.NODES.forEach(name -> {
            assertThat(run.service.model().node(name).version()).as(name).isEqualTo(story.version(name));
            assertThat(run.service.model().admin(name, "edge")).as(name).isEqualTo(story.admin(name));
        });
        assertThat(run.fold().run(state.run())).as("the state and what its bytes say").contains(state);
        nothingIsSentTwice(run);
        whatIsReportedDoneWasDone(run);
        whatAPersonSaidIsKept(run);
        stepsAreWalkedOnce(run);
        whatMustHoldHeldWithoutAGap(run, state);
        assertThat(run.wayBacksKept).as("the way back stands in a file").isNotEmpty();
    }

    private static List<String> applied(KilledRun run) {
        return run.service.applied().stream().map(Op::id).toList();
    }

    private static void nothingIsSentTwice(KilledRun run) {
        assertThat(run.service.received().stream().map(Op::id)).doesNotHaveDuplicates();
        assertThat(applied(run)).doesNotHaveDuplicates();
        run.service.received().stream().filter(op -> op.order().disruptive())
                .collect(Collectors.groupingBy(op -> op.path() + " " + op.order().verb(), Collectors.counting()))
                .forEach((what, times) -> {
                    var path = what.substring(0, what.indexOf(' '));
                    long asked = run.decided.stream().filter(path::equals).count();
                    assertThat(times).as(what + ", with " + asked + " decisions of a person").isLessThanOrEqualTo(1 + asked);
                });
    }

    /// A balancer's order is done when it is seen in effect, whoever brought that about; a new life of a process has one cause.
    private static void whatIsReportedDoneWasDone(KilledRun run) {
        assertThat(run.state().ops().values()).noneMatch(OpRun::undecided);
        run.state().ops().values().stream().filter(op -> op.is(OpRun.Status.DONE) && op.op().order() instanceof Order.OfLifecycle)
                .forEach(op -> assertThat(applied(run)).contains(op.op().id()));
        run.state().ops().values().stream().filter(op -> op.is(OpRun.Status.NOT_APPLIED) && op.op().order().disruptive())
                .forEach(op -> assertThat(applied(run)).doesNotContain(op.op().id()));
    }

    private static void whatAPersonSaidIsKept(KilledRun run) {
        run.acknowledged.forEach((item, tick) -> {
            int slash = item.lastIndexOf('/');
            assertThat(run.state().step(item.substring(0, slash)).ticks()).containsEntry(item.substring(slash + 1), tick);
        });
    }

    /// Who was killed goes on in the step it was in: none is entered again but by a person's retry.
    private static void stepsAreWalkedOnce(KilledRun run) {
        var entered = run.events().stream().filter(RunEvent.StepEntered.class::isInstance)
                .map(event -> ((RunEvent.StepEntered) event).path()).toList();
        assertThat(entered).doesNotHaveDuplicates();
        var succeeded = run.events().stream().filter(RunEvent.StepSucceeded.class::isInstance)
                .map(event -> ((RunEvent.StepSucceeded) event).path()).toList();
        assertThat(succeeded).doesNotHaveDuplicates();
    }

    private static void whatMustHoldHeldWithoutAGap(KilledRun run, RunState state) {
        var watchedSince = new TreeMap<String, Instant>();
        for (var event : run.events()) {
            switch (event) {
                case RunEvent.Resumed(var at, _, _) -> watchedSince.replaceAll((_, _) -> at);
                case RunEvent.StepEntered(var at, var path, _) -> watchedSince.put(path, at);
                case RunEvent.Retried(var at, var path, _, _) -> watchedSince.put(path, at);
                case RunEvent.StepSucceeded(var at, var path, _) -> {
                    var held = Duration.between(Objects.requireNonNull(watchedSince.get(path)), at);
                    assertThat(held).as(path).isGreaterThanOrEqualTo(mustHold(state, path));
                }
                default -> {
                    // nothing that has to hold
                }
            }
        }
    }

    private static Duration mustHold(RunState state, String path) {
        boolean watched = state.step(path).drain() != null;
        return switch (state.text(path).or(() -> state.start().plan().leaf(path)).orElseThrow()) {
            case Step.Gate gate -> gate.hold();
            case Step.Action _ when watched -> AGREEMENT;
            default -> Duration.ZERO;
        };
    }
}
