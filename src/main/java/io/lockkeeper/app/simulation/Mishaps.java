package io.lockkeeper.app.simulation;

import io.lockkeeper.domain.run.Op;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/// What goes wrong in an environment by itself or through other people, drawn from one seed.
public final class Mishaps implements Function<Op, Fate> {
    private static final List<Fate> WRONG = List.of(Fate.values()).subList(1, Fate.values().length);

    private final ModelService service;
    private final Random random;
    private final int percent;
    private final Duration meanPause;
    private boolean over;

    /// @param percent how many of a hundred control calls go wrong
    public Mishaps(ModelService service, Random random, int percent) {
        this.service = service;
        this.random = random;
        this.percent = percent;
        this.meanPause = Duration.ofSeconds(percent == 0 ? 1 : 6_000 / percent);
        if (percent > 0) {
            next();
        }
    }

    /// Nothing more goes wrong, and what can mend itself does.
    public void end() {
        over = true;
        service.heal();
    }

    @Override
    public Fate apply(Op op) {
        return over || random.nextInt(100) >= percent ? Fate.FINE : WRONG.get(random.nextInt(WRONG.size()));
    }

    private void next() {
        service.model().time().in(Duration.ofMillis((long) (meanPause.toMillis() * -Math.log(1 - random.nextDouble()))), () -> {
            if (!over) {
                happen();
                next();
            }
        });
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private Duration upTo(int seconds) {
        return Duration.ofMillis(1 + random.nextInt(seconds * 1_000));
    }

    private void happen() {
        var environment = service.model().environment();
        var node = one(environment.nodeNames());
        var balancer = one(environment.balancers());
        switch (random.nextInt(12)) {
            case 0 -> service.die(node, upTo(60));
            case 1 -> service.die(node, random.nextBoolean() ? Duration.ofSeconds(-1) : upTo(600));
            case 2, 3 -> {
                service.readable(balancer, false);
                service.model().time().in(upTo(40), () -> service.readable(balancer, true));
            }
            case 4, 5 -> service.reload(balancer);
            case 6 -> service.drain(node, balancer);
            case 7 -> service.enable(node, balancer);
            case 8 -> service.begin(node, one(environment.versions()));
            case 9 -> service.nextStartTakes(upTo(300));
            case 10 -> service.nextStartNeverEnds();
            default -> service.weight(node, balancer, random.nextInt(4) * 50);
        }
    }
}
