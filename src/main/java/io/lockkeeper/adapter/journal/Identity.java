package io.lockkeeper.adapter.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// Which files are to be found under the names of a journal and its lock; `null` where the system does not tell.
record Identity(@Nullable Object journal, @Nullable Object lock) {
    static Identity of(JournalFiles files) throws IOException {
        return new Identity(key(files.journal()), key(files.lock()));
    }

    private static @Nullable Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }
}
