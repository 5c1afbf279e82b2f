package io.lockkeeper.main;

import io.lockkeeper.port.FirstValues;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import tools.jackson.core.type.TypeReference;

/// `first-values/ENVIRONMENT.json` in the data folder: an object of times by what tells each signal.
final class FirstValuesFile implements FirstValues {
    private final JsonObjectFile<Instant> file;

    /// @param folder made when there is something to write
    FirstValuesFile(Path folder, String environment) {
        file = new JsonObjectFile<>(folder, environment, new TypeReference<>() {
        });
    }

    @Override
    public Map<String, Instant> read() throws IOException {
        return file.read();
    }

    @Override
    public void write(Map<String, Instant> all) throws IOException {
        file.write(all);
    }
}
