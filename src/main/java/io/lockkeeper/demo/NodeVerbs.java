package io.lockkeeper.demo;

import io.lockkeeper.demo.DemoBalancer.Admin;
import java.util.function.Consumer;

/// Turns orders for a node into work. Wrong parameters are found before anything is done; work on a process goes on in the background.
final class NodeVerbs {
    static final int CLOSE_CODE = 1012;
    private static final int CLOSE_RATE = 5;

    private final DemoBalancer balancer;
    private final SessionCloser closer;
    private final Consumer<Slot> changed;

    /// @param changed told when an order to the balancer changed what it does with a node
    NodeVerbs(DemoBalancer balancer, SessionCloser closer, Consumer<Slot> changed) {
        this.balancer = balancer;
        this.closer = closer;
        this.changed = changed;
    }

    /// What to run to carry the order out; it throws [AdminRefusal] (409) where the node cannot do that now.
    ///
    /// @throws AdminRefusal 400 for wrong parameters, 404 for an unknown verb
    Runnable prepare(AdminCall call, Slot slot, String verb) {
        return switch (verb) {
            case "drain" -> admin(slot, Admin.DRAINED);
            case "enable" -> admin(slot, Admin.ENABLED);
            case "maintenance" -> admin(slot, Admin.MAINTENANCE);
            case "share" -> share(slot, call.number("percent", -1, 0, 100));
            case "close" -> close(slot, call.number("perSecond", CLOSE_RATE, 1, 1000), code(call));
            case "restart" -> work(slot, () -> slot.restart(slot.version(), "restart"));
            case "deploy" -> deploy(slot, version(call));
            case "stop" -> call.body().path("abrupt").asBoolean(false)
                    ? () -> slot.kill("stopped abruptly")
                    : work(slot, () -> slot.stop("stop"));
            case "start" -> work(slot, () -> slot.start(slot.version()));
            default -> throw new AdminRefusal(404,
                    "verb '" + verb
                            + "' is not known; expected drain, enable, maintenance, share, close, restart, deploy, stop or start");
        };
    }

    private Runnable admin(Slot slot, Admin admin) {
        return () -> {
            balancer.admin(slot.name(), admin);
            slot.note("balancer: " + admin.word());
            changed.accept(slot);
        };
    }

    private Runnable share(Slot slot, int percent) {
        return () -> {
            balancer.share(slot.name(), percent);
            slot.note("balancer: share " + percent + " %");
            changed.accept(slot);
        };
    }

    private Runnable close(Slot slot, int perSecond, int code) {
        return () -> closer.close(slot, perSecond, code);
    }

    private static int code(AdminCall call) {
        int code = call.number("code", CLOSE_CODE, 1000, 4999);
        if (code >= 3000 || code == 1000 || code == 1001 || code == 1012 || code == 1013) {
            return code;
        }
        throw new AdminRefusal(400, "code: expected 1000, 1001, 1012, 1013 or one from 3000 to 4999");
    }

    private static Version version(AdminCall call) {
        try {
            return Version.of(call.body().path("version").asString(""));
        } catch (IllegalArgumentException e) {
            throw new AdminRefusal(400, String.valueOf(e.getMessage()));
        }
    }

    private static Runnable deploy(Slot slot, Version version) {
        return work(slot, () -> slot.restart(version, "deploy " + version.word()));
    }

    private static Runnable work(Slot slot, Runnable work) {
        return () -> {
            if (!slot.claim()) {
                throw new AdminRefusal(409, slot.name() + " is " + slot.life().word() + "; wait until it is up or down");
            }
            Thread.ofVirtual().name("work on " + slot.name()).start(() -> {
                try {
                    work.run();
                } finally {
                    slot.release();
                }
            });
        };
    }
}
