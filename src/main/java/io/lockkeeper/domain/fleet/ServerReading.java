package io.lockkeeper.domain.fleet;

/// One node as one balancer sees it.
///
/// @param admin what was ordered there
/// @param observed what its health checks say
/// @param weight share of new connections in the balancer's own units, now
/// @param normalWeight the same as configured
/// @param sessions connections relayed to the node by the balancer's current generation; tunnels, not live clients
/// @param words the balancer's own words for the state, shown as they are
public record ServerReading(AdminState admin, ObservedState observed, int weight, int normalWeight, long sessions, String words) {
    /// True where a new client would be sent here.
    public boolean inRotation() {
        return admin == AdminState.ENABLED && observed.serves() && weight > 0;
    }
}
