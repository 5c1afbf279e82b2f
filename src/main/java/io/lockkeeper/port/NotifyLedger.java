package io.lockkeeper.port;

import io.lockkeeper.domain.notify.Account;
import java.io.IOException;
import java.util.Map;

/// What was told, across restarts, by channel. Only whoever holds the environment uses it.
public interface NotifyLedger {
    /// Empty where nothing was ever written.
    Map<String, Account> read() throws IOException;

    /// On disk when it returns.
    void write(Map<String, Account> accounts) throws IOException;
}
