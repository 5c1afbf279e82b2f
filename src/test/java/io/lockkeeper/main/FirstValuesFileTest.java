package io.lockkeeper.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstValuesFileTest {
    @Test
    void whatIsWrittenIsReadAgainAndIsTheOwnersAlone(@TempDir Path folder) throws Exception {
        var all = Map.of("a from b: \"x\"\n[5m]", Instant.parse("2026-11-26T03:00:00.5Z"));
        var file = new FirstValuesFile(folder.resolve("first-values"), "shop");

        assertThat(file.read()).isEmpty();
        file.write(all);
        file.write(all);
        assertThat(new FirstValuesFile(folder.resolve("first-values"), "shop").read()).isEqualTo(all);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("first-values/shop.json"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aFileThatWasChangedByOthersIsSaidToBe(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("shop.json"), "{\"a\":\"yesterday\"}");
        assertThatIOException().isThrownBy(new FirstValuesFile(folder, "shop")::read)
                .withMessageContaining("not as it was written");
        Files.writeString(folder.resolve("shop.json"), "{");
        assertThatIOException().isThrownBy(new FirstValuesFile(folder, "shop")::read);
    }
}
