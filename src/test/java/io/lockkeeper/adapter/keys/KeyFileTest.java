package io.lockkeeper.adapter.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {
    @TempDir
    Path folder;

    @Test
    void aNewKeyIsItsOwnersAloneAndSignsWhatItsPublicHalfVerifies() throws Exception {
        var file = folder.resolve("config/keys/ada.key");
        var made = KeyFile.create(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("config/keys"))))
                .isEqualTo("rwx------");
        assertThat(Files.readString(file)).startsWith("-----BEGIN PRIVATE KEY-----\n");

        var read = KeyFile.read(file);
        assertThat(read.publicHalf()).isEqualTo(made.publicHalf());
        var verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(read.publicHalf()))));
        verifier.update("request\n".getBytes(StandardCharsets.UTF_8));
        assertThat(verifier.verify(Base64.getDecoder().decode(read.sign("request\n")))).isTrue();
    }

    @Test
    void aKeyIsNeverWrittenOver() throws Exception {
        var file = folder.resolve("ada.key");
        var before = KeyFile.create(file).publicHalf();
        assertThatThrownBy(() -> KeyFile.create(file)).isInstanceOf(Unusable.class)
                .hasMessageContaining("there is a file " + file + " already, and it is left as it is");
        assertThat(KeyFile.read(file).publicHalf()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-rw-rw-", "rwx--x---"})
    void aKeyThatOthersCanReachIsRefusedWithWhatToDo(String permissions) throws Exception {
        var file = folder.resolve("ada.key");
        KeyFile.create(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        assertThatThrownBy(() -> KeyFile.read(file)).isInstanceOf(Unusable.class).hasMessageContaining("chmod 600")
                .hasMessageContaining("make a new key");
    }

    @Test
    void whatIsNoKeyIsSaidSoAndNothingOfItRepeated() throws Exception {
        refused(folder.resolve("nowhere.key"), "there is no key in ");
        refused(folder, " is a folder");
        refused(own("empty", ""), "no block \"PRIVATE KEY\"");
        refused(own("locked", "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n"),
                "no block \"PRIVATE KEY\" (PKCS#8, without a passphrase)");
        refused(own("large", "x".repeat(20_000)), "larger than 16 KiB");
        refused(own("nonsense", pem("PRIVATE KEY", new byte[48]) + pem("PUBLIC KEY", new byte[44])), "holds no Ed25519 key");
        var one = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        var hidden = pem("PRIVATE KEY", one.getPrivate().getEncoded());
        refused(own("half", hidden), "add it with: openssl pkey -in ");
        refused(own("mixed", hidden + pem("PUBLIC KEY", other.getPublic().getEncoded())), "do not belong together");
        refused(own("rsa", pem("PRIVATE KEY", rsa.getPrivate().getEncoded()) + pem("PUBLIC KEY", rsa.getPublic().getEncoded())),
                "holds no Ed25519 key");
    }

    private Path own(String name, String text) throws Exception {
        var file = Files.writeString(folder.resolve(name + ".key"), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN " + what + "-----\n" + Base64.getEncoder().encodeToString(bytes) + "\n-----END " + what + "-----\n";
    }

    private static void refused(Path file, String words) {
        assertThatThrownBy(() -> KeyFile.read(file)).isInstanceOfSatisfying(Unusable.class,
                no -> assertThat(no.why()).contains(words).contains(file.toString()));
    }
}
