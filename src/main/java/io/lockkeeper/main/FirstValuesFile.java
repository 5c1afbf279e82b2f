package io.lockkeeper.main;

import io.lockkeeper.cli.Desk.Unusable;
import io.lockkeeper.port.FirstValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// `first-values/ENVIRONMENT.json` in the data folder: an object of times by what tells each signal.
final class FirstValuesFile implements FirstValues {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {
    };

    private final Path folder;
    private final Path file;

    /// @param folder made when there is something to write
    FirstValuesFile(Path folder, String environment) {
        this.folder = folder;
        this.file = folder.resolve(environment + ".json");
    }

    @Override
    public Map<String, Instant> read() throws IOException {
        try {
            var firsts = new HashMap<String, Instant>();
            JSON.readValue(Files.readString(file), TEXTS).forEach((signal, at) -> firsts.put(signal, Instant.parse(at)));
            return firsts;
        } catch (NoSuchFileException _) {
            return Map.of();
        } catch (JacksonException | DateTimeException e) {
            throw new IOException(file + " is not as it was written (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    @Override
    public void write(Map<String, Instant> all) throws IOException {
        var texts = new TreeMap<String, String>();
        all.forEach((signal, at) -> texts.put(signal, at.toString()));
        try {
            Folders.create(folder);
        } catch (Unusable e) {
            throw new IOException(e.getMessage(), e);
        }
        OwnerFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(texts) + "\n");
    }
}
