package io.lockkeeper.port;

import io.lockkeeper.domain.environment.SecretRef;

/// Finds secrets where the environment file says they are. Asked anew for every use, so that a changed secret is taken up.
public interface Secrets {
    /// @throws LinkFault permanent, when it is not there, is empty, or is readable by others
    Secret read(SecretRef ref) throws LinkFault;
}
