package io.lockkeeper.cli;

import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.run.StepProgress.ApprovalWatch;
import io.lockkeeper.domain.run.StepRun;
import io.lockkeeper.domain.run.StepState;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "request", mixinStandardHelpOptions = true, description = {
        "Prints what has to be signed for a run to go on, to be sent to whoever approves it.",
        "They sign it with `lockkeeper approve`, on any computer; their answer goes to `lockkeeper hand-in`."})
final class RequestCommand implements Callable<Integer> {
    @Mixin
    RunOption run = new RunOption();

    @Option(names = "--step", paramLabel = "PATH", description = "which, where several steps wait for an approval")
    String step = "";

    private final Desk desk;
    private final Terminal terminal;

    RequestCommand(Desk desk, Terminal terminal) {
        this.desk = desk;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Desk.Unusable, InterruptedException {
        try (var opened = desk.look(run.environment.environment)) {
            var snapshot = opened.access().snapshot();
            var id = run.in(snapshot);
            var open = waiting(snapshot.run(), id).stream().filter(one -> step.isEmpty() || one.path().equals(step)).toList();
            if (open.isEmpty()) {
                throw new Desk.Unusable("run " + id + " waits for no approval" + (step.isEmpty() ? "" : " at " + step));
            }
            if (open.size() > 1) {
                throw new Desk.Unusable("several steps wait for an approval; name one with --step: "
                        + String.join(", ", open.stream().map(StepRun::path).toList()));
            }
            if (open.getFirst().approval() instanceof ApprovalWatch(var request, var expires)) {
                if (!expires.isAfter(desk.now())) {
                    throw new Desk.Unusable("the request of " + open.getFirst().path() + " expired at " + expires);
                }
                request.lines().forEach(terminal::say);
            }
            return Exit.GOOD;
        }
    }

    /// Steps of an open run that wait for an approval.
    static List<StepRun> waiting(@Nullable RunState state, String id) {
        return state == null || !state.run().equals(id) || !state.open()
                ? List.of()
                : state.current().stream().filter(one -> one.state() == StepState.AWAITING_PERSON && one.approval() != null)
                        .toList();
    }
}
