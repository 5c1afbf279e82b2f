package io.lockkeeper.adapter.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lockkeeper.domain.environment.SecretRef;
import io.lockkeeper.port.LinkFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSecretsTest {
    private static final String TEXT = "hunter2 and more";

    @TempDir
    Path folder;

    @TempDir
    Path home;

    private LocalSecrets secrets = new LocalSecrets(Path.of(""), Path.of(""), Map.of());

    @BeforeEach
    void open() {
        secrets = new LocalSecrets(folder, home, Map.of("SHOP_TOKEN", TEXT, "EMPTY", ""));
    }

    @Test
    void aVariableAndAnOwnerOnlyFileGiveTheirTextWithoutTheFinalNewline() throws Exception {
        write(folder.resolve("token"), TEXT + "\n", "rw-------");
        write(home.resolve("other"), TEXT + "\r\n", "r--------");

        assertThat(secrets.read(new SecretRef.Env("SHOP_TOKEN")).reveal()).isEqualTo(TEXT);
        assertThat(secrets.read(new SecretRef.InFile("token")).reveal()).isEqualTo(TEXT);
        assertThat(secrets.read(new SecretRef.InFile("~/other")).reveal()).isEqualTo(TEXT);
        assertThat(secrets.read(new SecretRef.InFile(folder.resolve("token").toString())).reveal()).isEqualTo(TEXT);
    }

    @Test
    void aChangedFileIsTakenUpAtOnce() throws Exception {
        write(folder.resolve("token"), "old", "rw-------");
        secrets.read(new SecretRef.InFile("token"));
        Files.writeString(folder.resolve("token"), "new");

        assertThat(secrets.read(new SecretRef.InFile("token")).reveal()).isEqualTo("new");
    }

    @Test
    void aFileThatOthersMayReadIsRefusedWithTheCommandThatClosesIt() throws IOException {
        write(folder.resolve("token"), TEXT, "rw-r-----");
        refused(new SecretRef.InFile("token"), "secret file token is open to other users; close it with: chmod 600 token");
        write(folder.resolve("world"), TEXT, "rw----r--");
        refused(new SecretRef.InFile("world"), "secret file world is open to other users; close it with: chmod 600 world");
    }

    @Test
    void whatIsNotThereIsNamedAndNoRefusalShowsTheSecret() throws IOException {
        write(folder.resolve("empty"), "\n", "rw-------");
        write(folder.resolve("lines"), TEXT + "\n" + TEXT + "\n", "rw-------");
        Files.createDirectory(folder.resolve("sub"));

        refused(new SecretRef.Env("NOPE"), "environment variable NOPE is not set; set it and start Lockkeeper again");
        refused(new SecretRef.Env("EMPTY"), "the secret in environment variable EMPTY is empty");
        refused(new SecretRef.InFile("nope"), "secret file nope does not exist");
        refused(new SecretRef.InFile("sub"), "secret file sub is a folder");
        refused(new SecretRef.InFile("empty"), "the secret in file empty is empty");
        refused(new SecretRef.InFile("lines"), "the secret in file lines has more than one line or control characters");
    }

    @Test
    void aSecretShowsItselfOnlyWhereAskedByName() throws LinkFault {
        assertThat(secrets.read(new SecretRef.Env("SHOP_TOKEN"))).hasToString("***");
    }

    private void refused(SecretRef ref, String why) {
        assertThatExceptionOfType(LinkFault.class).isThrownBy(() -> secrets.read(ref)).withMessage(why)
                .matches(LinkFault::isPermanent).matches(fault -> !fault.toString().contains("hunter2"));
    }

    private static void write(Path file, String text, String permissions) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
}
