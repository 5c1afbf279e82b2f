package io.lockkeeper.domain.trigger;

import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.client.ClientRole;
import io.lockkeeper.domain.client.Continuity;
import io.lockkeeper.domain.client.Continuity.SessionKept;
import io.lockkeeper.domain.client.Failure;
import io.lockkeeper.domain.client.Loss;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Half an hour of a service and its clients as they really were, from one seed. Times are milliseconds since the beginning.
final class World {
    static final Instant START = Instant.parse("2026-11-26T03:00:00Z");
    static final long END = 1_800_000;

    enum Kind {
        /// Cyclers only; everybody comes back at once.
        QUIET,
        /// Nobody can connect for some minutes.
        TOTAL_OUTAGE,
        /// A share of all attempts fails for some minutes, and connections break.
        PARTIAL,
        /// Some clients never come back.
        STUCK,
        /// This computer's own network is gone for some minutes, and Lockkeeper knows.
        OWN_NETWORK,
        /// A lone cycler whose returns take several attempts, with long silences.
        SPARSE,
        /// One return has lost messages.
        DATA_LOSS,
        /// This computer's own network is gone, and the service is down longer than that.
        BOTH,
        /// A few cyclers with long pauses, and nobody else.
        NIGHT,
        /// This computer's own network is gone for some minutes and Lockkeeper has to find that out; later the service is down for good.
        CUT
    }

    /// @param lost when the connection was lost
    /// @param back when the client had a session again; [Long#MAX_VALUE] for never
    /// @param failed when attempts failed
    record Outage(String client, boolean onPurpose, long lost, long back, List<Long> failed, boolean lossy) {}

    /// How long an attempt takes.
    static final long ATTEMPT = 150;

    final Kind kind;
    final List<Outage> outages = new ArrayList<>();
    final List<ClientEvent> events = new ArrayList<>();

    /// When everything went wrong; after [#END] where nothing did.
    final long from;
    final long to;

    /// When the observer was at fault; after [#END] where it never was.
    long faultFrom;
    long faultTo;

    /// When the service is down for good after the own network came back; after [#END] where it is not.
    final long again;
    private final Random dice;
    private final double failing;
    private final int stuck;

    World(long seed) {
        dice = new Random(seed * 7919 + 17);
        kind = Kind.values()[(int) (seed % Kind.values().length)];
        boolean calm = kind == Kind.QUIET || kind == Kind.SPARSE || kind == Kind.DATA_LOSS || kind == Kind.NIGHT;
        from = calm ? 2 * END : 120_000 + dice.nextInt(300_000);
        to = calm ? 2 * END : from + 20_000 + dice.nextInt(kind == Kind.CUT ? 600_000 : 900_000);
        again = kind == Kind.CUT ? to + 90_000 + dice.nextInt(120_000) : 2 * END;
        boolean fault = kind == Kind.OWN_NETWORK || kind == Kind.BOTH;
        faultFrom = fault ? from - 2_000 : 2 * END;
        faultTo = kind == Kind.OWN_NETWORK ? to : fault ? from + (to - from) / 3 : 2 * END;
        failing = kind == Kind.PARTIAL ? 0.05 + 0.9 * dice.nextDouble() : kind == Kind.STUCK ? 0 : 1;
        int clients = kind == Kind.SPARSE ? 1 : kind == Kind.NIGHT ? 1 + dice.nextInt(3) : 3 + dice.nextInt(10);
        stuck = kind == Kind.STUCK ? 1 + dice.nextInt(clients) : 0;
        int lossy = kind == Kind.DATA_LOSS ? dice.nextInt(20) : -1;
        for (int client = 0; client < clients; client++) {
            live("c-" + client, client < stuck, kind == Kind.QUIET || kind == Kind.NIGHT || client % 2 == 0, lossy);
        }
        events.sort((one, other) -> one.at().compareTo(other.at()));
    }

    private void live(String client, boolean sticks, boolean cycler, int lossy) {
        var role = cycler ? ClientRole.CYCLER : ClientRole.SENTINEL;
        events.add(new ClientEvent.Opened(client, role, at(dice.nextInt(900)), "ws-" + dice.nextInt(3), "v1"));
        int pause = kind == Kind.NIGHT
                ? 60_000 + dice.nextInt(300_000)
                : kind == Kind.SPARSE ? 80_000 + dice.nextInt(40_000) : 15_000 + dice.nextInt(30_000);
        long time = 1_000;
        boolean taken = false;
        for (int trip = 0; time < END; trip++) {
            long next = cycler ? time + pause / 2 + dice.nextInt(pause) : 2 * END;
            long broken = !taken && time < from ? from + dice.nextInt(2_000) : breaks(time);
            boolean onPurpose = next < broken;
            long lost = Math.min(next, broken);
            taken |= !onPurpose;
            if (lost >= END) {
                return;
            }
            var loss = Loss.of(onPurpose ? Loss.Way.ON_PURPOSE : Loss.Way.CUT);
            events.add(new ClientEvent.Lost(client, role, at(lost), loss));
            time = comesBack(client, role, lost, onPurpose, sticks, trip == lossy && client.equals("c-0"));
        }
    }

    /// While things go wrong, connections break all the time.
    private long breaks(long time) {
        if (kind == Kind.CUT) {
            if (time >= from && time < to) {
                return time + dice.nextInt(2_000); // it came to be in the moment in which the network went
            }
            return time < again ? again + dice.nextInt(2_000) : 2 * END;
        }
        long next = Math.max(time, from) + 5_000 + dice.nextInt(60_000);
        return (kind == Kind.PARTIAL || kind == Kind.STUCK) && next < to ? next : 2 * END;
    }

    private long comesBack(String client, ClientRole role, long lost, boolean onPurpose, boolean sticks, boolean lossy) {
        var failed = new ArrayList<Long>();
        long begun = lost + 100 + dice.nextInt(400);
        while (begun < END && fails(begun, sticks, failed.size())) {
            long at = begun + ATTEMPT;
            failed.add(at);
            events.add(new ClientEvent.Failed(client, role, at(at), at(begun), at(begun),
                    Failure.of(isCut(begun) ? Failure.Cause.UNREACHABLE : Failure.Cause.REFUSED)));
            begun = at + (kind == Kind.SPARSE ? 200 : 1_000 + dice.nextInt(4_000));
        }
        boolean never = begun >= END;
        long back = never ? Long.MAX_VALUE : begun + ATTEMPT;
        outages.add(new Outage(client, onPurpose, lost, back, List.copyOf(failed), lossy && !never));
        if (never) {
            return END;
        }
        events.add(new ClientEvent.Back(client, role, at(back), at(begun), "ws-" + dice.nextInt(3), "v1",
                new Continuity(SessionKept.SAME, lossy ? 2 : 0, 0)));
        return back;
    }

    private boolean fails(long at, boolean sticks, int before) {
        if (kind == Kind.SPARSE) {
            return before < 3;
        }
        return at >= again || (at >= from && (sticks || (at < to && dice.nextDouble() < failing)));
    }

    /// Whether this computer reaches nobody.
    boolean isCut(long at) {
        return kind == Kind.CUT && at >= from && at < to;
    }

    /// What Lockkeeper found out by itself.
    void found(long since, long until) {
        faultFrom = since;
        faultTo = until;
    }

    static Instant at(long millis) {
        return START.plusMillis(millis);
    }
}
