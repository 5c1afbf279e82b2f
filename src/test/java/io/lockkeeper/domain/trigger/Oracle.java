package io.lockkeeper.domain.trigger;

import io.lockkeeper.domain.trigger.World.Outage;
import java.util.ArrayList;
import java.util.List;

/// What is true of a world, told again in the simplest way: whole numbers, loops over everything, no code of the product.
final class Oracle {
    static final long TICK = 10_000;
    static final int NEVER = Integer.MAX_VALUE;
    private static final long LIMIT = 30_000;

    /// @param good of `tried`
    record Share(int good, int tried) {
        boolean below(int percent) {
            return tried > 0 && 100 * good < percent * tried;
        }
    }

    private final World world;

    Oracle(World world) {
        this.world = world;
    }

    private boolean touchesFault(long from, long to) {
        return from <= world.faultTo && to >= world.faultFrom;
    }

    /// When an outage became a failure for good; never for one that ended in time.
    private long failedAt(Outage outage) {
        long counted = Math.min(outage.back(), outage.lost() + LIMIT);
        long deadline = touchesFault(outage.lost(), counted) ? world.faultTo + LIMIT : outage.lost() + LIMIT;
        return outage.back() > deadline ? deadline : Long.MAX_VALUE;
    }

    private boolean good(Outage outage) {
        return outage.back() <= outage.lost() + LIMIT && !touchesFault(outage.lost(), outage.back());
    }

    private boolean stillOut(Outage outage, long now) {
        boolean excused = world.faultFrom <= now && now < world.faultTo + LIMIT;
        return failedAt(outage) <= now && outage.back() > now && !excused;
    }

    Share byClient(long now, long window) {
        int good = 0;
        int bad = 0;
        for (var outage : world.outages) {
            if (outage.lost() <= now) {
                long failed = failedAt(outage);
                if (good(outage) && outage.back() > now - window && outage.back() <= now) {
                    good++;
                } else if (stillOut(outage, now) || (failed > now - window && failed <= now)) {
                    bad++;
                }
            }
        }
        return new Share(good, good + bad);
    }

    Share byAttempt(long now, long window) {
        int good = 0;
        int bad = 0;
        for (var outage : world.outages) {
            for (long at : outage.failed()) {
                bad += counts(at, now, window) ? 1 : 0;
            }
            good += counts(outage.back(), now, window) ? 1 : 0;
        }
        return new Share(good, good + bad);
    }

    private boolean counts(long at, long now, long window) {
        return at > now - window && at <= now && !touchesFault(at - World.ATTEMPT, at);
    }

    /// At which evaluation a trigger on success fires.
    ///
    /// @param holds how many evaluations after the first it has to hold
    int success(int percent, long window, int holds) {
        int client = fires(percent, window, holds, true);
        int attempt = fires(percent, window, holds, false);
        return Math.min(client, attempt);
    }

    private int fires(int percent, long window, int holds, boolean client) {
        int held = -1;
        int silent = 0;
        for (int tick = 1; tick * TICK <= World.END; tick++) {
            long now = tick * TICK;
            var share = client ? byClient(now, window) : byAttempt(now, window);
            if (now >= world.faultFrom && now <= world.faultTo) {
                held = -1;
                silent = 0;
            } else if (share.tried() == 0) {
                silent++;
                held = silent > 6 ? -1 : held;
            } else if (share.below(percent)) {
                silent = held < 0 ? 0 : silent;
                held++;
                if (held >= holds) {
                    return tick;
                }
            } else {
                held = -1;
                silent = 0;
            }
        }
        return NEVER;
    }

    /// At which evaluation the fourth recovery in a row has failed.
    int failuresInARow() {
        record Settled(long at, String client, boolean good) {}
        var settled = new ArrayList<Settled>();
        for (var outage : world.outages) {
            if (!outage.onPurpose()) {
                if (good(outage)) {
                    settled.add(new Settled(outage.back(), outage.client(), true));
                }
                long failed = failedAt(outage);
                for (long at = failed; at <= World.END && at < outage.back(); at += LIMIT) {
                    if (at == failed || stillOut(outage, at)) {
                        settled.add(new Settled(at, outage.client(), false));
                    }
                }
            }
        }
        settled.sort((one, other) -> Long.compare(one.at(), other.at()));
        var row = new ArrayList<String>();
        for (var one : settled) {
            if (one.good()) {
                row.clear();
            } else {
                row.add(one.client());
            }
            if (row.size() >= 4 && List.copyOf(row).stream().anyMatch(client -> !client.equals(row.getFirst()))) {
                return notBlind(one.at());
            }
        }
        return NEVER;
    }

    int dataLoss() {
        int first = NEVER;
        for (var outage : world.outages) {
            if (outage.lossy()) {
                first = Math.min(first, notBlind(outage.back()));
            }
        }
        return first;
    }

    /// The first evaluation that sees what happened then.
    private int notBlind(long at) {
        int tick = (int) ((at + TICK - 1) / TICK);
        while (tick * TICK >= world.faultFrom && tick * TICK <= world.faultTo) {
            tick++;
        }
        return tick * TICK <= World.END ? tick : NEVER;
    }
}
