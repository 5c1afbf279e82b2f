package io.lockkeeper.main;

import io.lockkeeper.cli.Desk.Unusable;
import io.lockkeeper.domain.notify.Account;
import io.lockkeeper.port.NotifyLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// `notified/ENVIRONMENT.json` in the data folder: an object of accounts by channel.
final class NotifiedFile implements NotifyLedger {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, Account>> ACCOUNTS = new TypeReference<>() {
    };

    private final Path folder;
    private final Path file;

    /// @param folder made when there is something to write
    NotifiedFile(Path folder, String environment) {
        this.folder = folder;
        this.file = folder.resolve(environment + ".json");
    }

    @Override
    public Map<String, Account> read() throws IOException {
        try {
            return Map.copyOf(JSON.readValue(Files.readString(file), ACCOUNTS));
        } catch (NoSuchFileException _) {
            return Map.of();
        } catch (JacksonException | NullPointerException e) { // an account without its parts
            throw new IOException(file + " is not as it was written (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    @Override
    public void write(Map<String, Account> accounts) throws IOException {
        try {
            Folders.create(folder);
        } catch (Unusable e) {
            throw new IOException(e.getMessage(), e);
        }
        OwnerFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(new TreeMap<>(accounts)) + "\n");
    }
}
