package io.lockkeeper.search;

import io.lockkeeper.app.simulation.Simulation;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.run.RunState;
import java.time.Duration;
import java.util.Random;
import java.util.function.IntConsumer;

/// What people and the computer under the console do at moments drawn from the seed: hold, continue, go back, abort, set the clock, fill
/// the disk, kill the console.
final class Whims {
    private final Simulation simulation;
    private final Random random;
    private final Duration until;
    private final IntConsumer disk;

    /// @param disk how many entries still fit on the disk from now on
    Whims(Simulation simulation, Random random, Duration until, IntConsumer disk) {
        this.simulation = simulation;
        this.random = random;
        this.until = until;
        this.disk = disk;
    }

    void begin() {
        int wildness = random.nextInt(5);
        for (int i = 0; i < wildness; i++) {
            in(until, this::happen);
        }
    }

    private void in(Duration atMost, Runnable work) {
        simulation.time().in(Duration.ofMillis(random.nextLong(Math.max(1, atMost.toMillis()))), work);
    }

    private void happen() {
        switch (random.nextInt(12)) {
            case 0, 1 -> give(new Command.Hold("ada", "wait"));
            case 2 -> give(new Command.Continue("ada"));
            case 3, 4, 5 -> give(new Command.RollBack("ada", "not like this"));
            case 6 -> {
                if (random.nextInt(3) == 0) {
                    give(new Command.Abort("ada", "enough"));
                }
            }
            case 7 -> simulation.jump(Duration.ofSeconds(3 + random.nextInt(300)));
            case 8 -> simulation.jump(Duration.ofSeconds(-3 - random.nextInt(120)));
            case 9 -> {
                disk.accept(random.nextInt(6));
                in(Duration.ofSeconds(60), () -> disk.accept(Integer.MAX_VALUE));
            }
            default -> simulation.kill();
        }
    }

    private void give(Command command) {
        simulation.run().filter(RunState::open).ifPresent(run -> simulation.submit(run.run(), command));
    }
}
