package io.lockkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lockkeeper.app.simulation.PassingEvents;
import io.lockkeeper.app.simulation.MemoryJournal;
import io.lockkeeper.domain.fleet.AdminState;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.run.Order;
import io.lockkeeper.domain.run.StepState;
import io.lockkeeper.domain.runbook.Plan;
import io.lockkeeper.domain.runbook.Verb;
import io.lockkeeper.lab.RealTime;
import io.lockkeeper.port.Call;
import io.lockkeeper.port.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Read-only where orders leave, whatever the engine thinks.
@Timeout(30)
class ControlledPortsTest {
    private static final Call CALL = new Call("r-1/on/ws-1@edge/enable/1", "kim", "", Instant.MAX);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final CalmService service = new CalmService();

    @Test
    void anEngineThatWronglyOrdersSendsNothingAndReadsOn() throws Exception {
        service.answers.countDown();
        var objection = new AtomicReference<>(Optional.of("nobody has control"));
        var ports = new ControlledPorts(objection::get).of(service.endpoints());
        var edge = ports.balancers().getFirst();
        for (var order : List.<Order.OfBalancer>of(new Order.Enable("ws-1", "edge"), new Order.Drain("ws-1", "edge"),
                new Order.Share("ws-1", "edge", 50), new Order.CloseSessions("ws-1", "edge", 10, 1012))) {
            assertThat(edge.send(order, CALL)).isEqualTo(new Reply.Refused("nobody has control"));
        }
        for (var order : List.<Order.OfLifecycle>of(new Order.Restart("ws-1"), new Order.Deploy("ws-1", "v2"))) {
            assertThat(ports.lifecycle().send(order, CALL)).isEqualTo(new Reply.Refused("nobody has control"));
        }
        assertThat(service.received).isEmpty();
        assertThat(edge.read(LIMIT).servers()).hasSize(3);
        assertThat(ports.lifecycle().logTail("ws-1", 1, LIMIT)).isEmpty();

        objection.set(Optional.empty());
        assertThat(edge.send(new Order.Enable("ws-1", "edge"), CALL)).isInstanceOf(Reply.Accepted.class);
        assertThat(service.received).containsExactly(CALL.op());
    }

    /// The order that follows at once from *take control* leaves on another thread than the one that knows of it.
    @RepeatedTest(5)
    void anOrderThatFollowsFromTakingControlIsNotRefusedForWhatWasTrueBefore() throws Exception {
        service.answers.countDown();
        service.admin.put("ws-1", AdminState.DRAINED);
        var plan = new Plan("on", "On", List.of(Plans.action("on", Verb.ENABLE, "ws-1", null)));
        try (var session = new EnvironmentSession(new EnvironmentSession.Parts(GuardedRun.environment(List.of(), true),
                service.endpoints(), new MemoryJournal(), new PassingEvents(), new RealTime(), _ -> "", () -> 0.5, "test",
                "kim"))) {
            var take = new Command.TakeControl("kim", "", Duration.ofHours(1));
            assertThat(session.submit("", take)).isInstanceOf(Submitted.Taken.class);
            await().atMost(LIMIT).until(() -> session.snapshot().fleet().views().values().stream()
                    .allMatch(sight -> sight.readAt().isPresent())
                    && session.snapshot().fleet().balancers().values().stream().allMatch(sight -> sight.readAt().isPresent()));
            session.submit("r-1", new Command.Start("kim", "r-1", "", "text", "hash", plan, null, Map.of(), null, Map.of(),
                    List.of(), true, "hash", "test", "nonce"));
            session.submit("", new Command.GiveBackControl("kim"));
            session.submit("", take);
            assertThat(session.submit("r-1", new Command.Go("kim", "on"))).isInstanceOf(Submitted.Taken.class);
            await().atMost(LIMIT).until(() -> {
                var run = session.snapshot().run();
                return run != null && (!run.open() || !run.stopped().isEmpty());
            });
            var run = session.snapshot().run();
            assertThat(run).isNotNull().satisfies(ended -> assertThat(ended.step("on").state()).isEqualTo(StepState.SUCCEEDED));
        }
    }
}
