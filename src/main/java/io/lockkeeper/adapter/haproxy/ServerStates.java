package io.lockkeeper.adapter.haproxy;

import io.lockkeeper.domain.fleet.AdminState;
import io.lockkeeper.domain.fleet.ObservedState;

/// HAProxy's words for a server, as ours. What was ordered (`srv_admin_state`, a bit mask) and what is (`status`) stay apart.
final class ServerStates {
    private static final int MAINTENANCE = 1 | 2 | 4 | 32 | 64;
    private static final int DRAIN = 8 | 16;

    private ServerStates() {}

    static AdminState admin(String mask) {
        try {
            int bits = Integer.parseInt(mask);
            if ((bits & MAINTENANCE) != 0) {
                return AdminState.MAINTENANCE;
            }
            return (bits & DRAIN) != 0 ? AdminState.DRAINED : AdminState.ENABLED;
        } catch (NumberFormatException _) {
            return AdminState.UNKNOWN;
        }
    }

    /// @param status as in `show stat`: the first word is the state, `1/3` after it a check that is failing or coming back
    /// @param operational `srv_op_state`, which tells the health of a server whose status only says that it is drained
    static ObservedState observed(String status, String operational) {
        var word = status.split(" ", 2)[0];
        return switch (word) {
            case "UP" -> ObservedState.UP;
            case "DOWN" -> ObservedState.DOWN;
            case "NOLB" -> ObservedState.STOPPING;
            case "no" -> ObservedState.UNCHECKED;
            case "MAINT" -> ObservedState.DOWN;
            case "DRAIN" -> switch (operational) {
                case "0" -> ObservedState.DOWN;
                case "1" -> ObservedState.STARTING;
                case "2", "3" -> ObservedState.UP;
                default -> ObservedState.UNKNOWN;
            };
            default -> ObservedState.UNKNOWN;
        };
    }
}
