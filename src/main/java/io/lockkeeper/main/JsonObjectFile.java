package io.lockkeeper.main;

import io.lockkeeper.cli.Desk.Unusable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// `ENVIRONMENT.json` in a folder of the data folder: one JSON object, read and written whole, for this user alone.
///
/// @param folder made when there is something to write
record JsonObjectFile<V>(Path folder, String environment, TypeReference<Map<String, V>> type) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Path file() {
        return folder.resolve(environment + ".json");
    }

    /// Empty where there is no file.
    ///
    /// @throws IOException when it cannot be read, or is not as it was written; the message says which file
    Map<String, V> read() throws IOException {
        try {
            return Map.copyOf(JSON.readValue(Files.readString(file()), type));
        } catch (NoSuchFileException _) {
            return Map.of();
        } catch (JacksonException | NullPointerException e) { // a value without its parts
            throw new IOException(file() + " is not as it was written (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    void write(Map<String, V> all) throws IOException {
        try {
            Folders.create(folder);
        } catch (Unusable e) {
            throw new IOException(e.getMessage(), e);
        }
        OwnerFile.write(file(), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(new TreeMap<>(all)) + "\n");
    }
}
