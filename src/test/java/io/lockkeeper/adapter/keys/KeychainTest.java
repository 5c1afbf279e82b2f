package io.lockkeeper.adapter.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On a real GNOME Keyring, reached over a message bus of its own.
class KeychainTest {
    @TempDir
    Path home;

    @BeforeAll
    static void aKeyringIsInstalled() throws Exception {
        for (var program : List.of("dbus-run-session", "gnome-keyring-daemon", "secret-tool")) {
            assumeThat(new ProcessBuilder("sh", "-c", "command -v " + program).start().waitFor()).as(program).isZero();
        }
    }

    @Test
    void whatWasKeptIsFoundByTheNextProcessAndSigns() throws Exception {
        var said = inASession("java create ada; java find ada; java find bob");
        assertThat(said).hasSize(3);
        assertThat(said.get(0)).startsWith("made MCowBQYDK2Vw");
        assertThat(said.get(1)).isEqualTo("found " + said.get(0).substring(5));
        assertThat(said.get(2)).isEqualTo("none");
    }

    @Test
    void aKeyIsNeverReplaced() throws Exception {
        var said = inASession("java create ada; java create ada; java find ada");
        assertThat(said.get(1)).contains("there is a key of ada in the keychain already");
        assertThat(said.get(2)).endsWith(said.get(0).substring(5));
    }

    @Test
    void whatSomebodyElsePutThereIsSaidToBeNoKey() throws Exception {
        var said = inASession("printf x | secret-tool store --label=x service lockkeeper-signing-key account ada; java find ada");
        assertThat(said).hasSize(1).first().asString().contains("is none that Lockkeeper made");
    }

    @Test
    void withoutAKeyringItSaysSoAndMakesNothing() throws Exception {
        var said = run(
                List.of("env", "-u", "DBUS_SESSION_BUS_ADDRESS", "-u", "DISPLAY", "HOME=" + home, "XDG_RUNTIME_DIR=" + home,
                        "sh", "-c", java() + " java create ada"));
        assertThat(said).hasSize(1).first().asString().startsWith("refused the keychain does not open: ");
    }

    private List<String> inASession(String script) throws Exception {
        return run(List.of("env", "-u", "DISPLAY", "HOME=" + home, "XDG_DATA_HOME=" + home, "XDG_RUNTIME_DIR=" + home,
                "dbus-run-session", "--",
                "sh", "-c",
                java() + " printf 'open\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; " + script));
    }

    private static String java() {
        return "java() { '" + ProcessHandle.current().info().command().orElseThrow()
                + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '"
                + System.getProperty("java.class.path") + "' " + KeychainProcess.class.getName() + " \"$@\"; };";
    }

    private List<String> run(List<String> command) throws Exception {
        var out = home.resolve("out.txt");
        var process = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(home.resolve("err.txt").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readAllLines(out);
    }
}
