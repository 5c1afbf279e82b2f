package io.lockkeeper.adapter.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.adapter.notify.Desktop.OperatingSystem;
import io.lockkeeper.domain.environment.ChannelSpec.Route;
import io.lockkeeper.domain.environment.Occasion;
import io.lockkeeper.domain.environment.Tier;
import io.lockkeeper.domain.notify.Notification;
import io.lockkeeper.domain.notify.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is started for each desktop, and a program in place of the real one that says what it was given.
@Timeout(30)
class DesktopTest {
    private static final String EVIL = "$(touch /tmp/x); `id` \" ' & <b>x</b> -e %PATH% $env:HOME";
    private static final Notification NEWS = new Notification("i", Occasion.NEEDS_PERSON, true, "shop", Tier.STAGING, null,
            Instant.parse("2026-11-26T22:40:00Z"), "shop: " + EVIL, EVIL);
    private static final Route ROUTE = new Route("desk", Set.of(Occasion.NEEDS_PERSON), Duration.ZERO, null);

    @TempDir
    private Path folder = Path.of(".");

    private Desktop desktop(String script) throws IOException {
        var program = folder.resolve("notify-send");
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return new Desktop(ROUTE, OperatingSystem.LINUX, Map.of("PATH", folder + ":/usr/bin:/bin", "SHOP_TOKEN", "hunter2", "OUT",
                folder.toString()));
    }

    @Test
    void titleAndTextArriveAsTheyAreAndNothingElseOfThisProcessDoes() throws Exception {
        var receipt = desktop("printf '%s\\n' \"$@\" > " + folder + "/got; env > " + folder + "/env").send(NEWS,
                Duration.ofSeconds(5));
        assertThat(receipt).isEqualTo(new Receipt.Accepted("notify-send showed it"));
        assertThat(Files.readAllLines(folder.resolve("got"))).containsExactly("--app-name=Lockkeeper", "--urgency=critical", "--",
                "shop: " + EVIL, EVIL.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"),
                "shop, 2026-11-26 22:40:00 UTC");
        assertThat(Files.readString(folder.resolve("env"))).doesNotContain("hunter2");
    }

    @Test
    void whatTheProgramDoesDecides() throws Exception {
        assertThat(desktop("exit 1").send(NEWS, Duration.ofSeconds(5)).words()).startsWith("REFUSED: notify-send ended with 1");
        assertThat(desktop("exec sleep 60").send(NEWS, Duration.ofMillis(300)).words())
                .isEqualTo("UNKNOWN: notify-send did not end within 300 ms");
    }

    @ParameterizedTest
    @EnumSource(names = {"MACOS", "WINDOWS"})
    void noScriptHoldsAnythingOfWhatIsTold(OperatingSystem system) {
        var command = new Desktop(ROUTE, system, Map.of()).command(NEWS);
        int script = system == OperatingSystem.MACOS ? 7 : 5;
        assertThat(command.subList(0, script)).noneMatch(one -> one.contains("shop") || one.contains("touch"));
        assertThat(command).hasSize(system == OperatingSystem.MACOS ? 9 : 5);
    }

    @Test
    void aSystemIsKnownByItsName() {
        assertThat(OperatingSystem.of("Windows 11")).isEqualTo(OperatingSystem.WINDOWS);
        assertThat(OperatingSystem.of("Mac OS X")).isEqualTo(OperatingSystem.MACOS);
        assertThat(OperatingSystem.of("Linux")).isEqualTo(OperatingSystem.LINUX);
    }
}
