package io.lockkeeper.main;

import io.lockkeeper.domain.notify.Account;
import io.lockkeeper.port.NotifyLedger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.core.type.TypeReference;

/// `notified/ENVIRONMENT.json` in the data folder: an object of accounts by channel.
final class NotifiedFile implements NotifyLedger {
    private final JsonObjectFile<Account> file;

    /// @param folder made when there is something to write
    NotifiedFile(Path folder, String environment) {
        file = new JsonObjectFile<>(folder, environment, new TypeReference<>() {
        });
    }

    @Override
    public Map<String, Account> read() throws IOException {
        return file.read();
    }

    @Override
    public void write(Map<String, Account> accounts) throws IOException {
        file.write(accounts);
    }
}
