package io.lockkeeper.adapter.fleet;

import io.lockkeeper.domain.environment.ClientsSpec;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.Secrets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where clients come in.
///
/// @param tls `null` for a door without
record Entrance(Door door, @Nullable Tls tls) {
    /// @param authority see [Tls]
    /// @throws LinkFault when a secret or a certificate cannot be read
    static Entrance of(ClientsSpec spec, Secrets secrets, @Nullable Path authority) throws LinkFault {
        var door = new Door(spec, secrets);
        return new Entrance(door, door.isTls() ? new Tls(door.host(), door.port(), authority) : null);
    }
}
