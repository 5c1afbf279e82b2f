package io.lockkeeper.adapter.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.domain.environment.ChannelSpec;
import io.lockkeeper.domain.environment.ChannelSpec.Route;
import io.lockkeeper.domain.environment.ChannelSpec.Security;
import io.lockkeeper.domain.environment.Occasion;
import io.lockkeeper.domain.environment.SecretRef;
import io.lockkeeper.domain.environment.Tier;
import io.lockkeeper.domain.notify.Notification;
import io.lockkeeper.domain.notify.Receipt;
import io.lockkeeper.port.Secret;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// A real mail server, with TLS and logins, that also refuses, hangs and loses its answers.
@Timeout(60)
class MailTest {
    private static final String PASSWORD = "hunter2";
    private static final Duration LIMIT = Duration.ofSeconds(9);
    private static final Notification NEWS = new Notification("shop/r-1/run-ended@x", Occasion.RUN_ENDED, true, "shop",
            Tier.STAGING,
            "r-1", Instant.parse("2026-11-26T22:40:00Z"), "shop: über\r\nBcc: x@y.org", "Fertig: ü.\n.\nQUIT");

    @TempDir
    private static Path folder = Path.of(".");

    @BeforeAll
    static void certificate() throws Exception {
        MailServer.certificate(folder);
    }

    private static Mail mail(String host, int port, Security security, @Nullable String authority, @Nullable String user,
            String password) {
        return new Mail(
                new ChannelSpec.Smtp(new Route("mail", Set.of(Occasion.RUN_ENDED), Duration.ZERO, null), host, port, security,
                        authority, user, user == null ? null : new SecretRef.Env("P"), "lockkeeper@example.org",
                        List.of("ops@example.org", "night@example.org"), null),
                folder, _ -> new Secret(password));
    }

    private static Receipt send(MailServer server) {
        return mail("127.0.0.1", server.port, Security.NONE, null, null, "").send(NEWS, LIMIT);
    }

    @Test
    void aMailSaysWhatCameAboutAndKeepsItsIdAtEveryAttempt() throws Exception {
        try (var server = new MailServer()) {
            assertThat(send(server)).isEqualTo(new Receipt.Accepted("SMTP 250 from 127.0.0.1:" + server.port));
            assertThat(send(server)).isInstanceOf(Receipt.Accepted.class);
            var first = server.mail();
            assertThat(first.path("from").asString()).isEqualTo("lockkeeper@example.org");
            assertThat(first.path("to").toString()).isEqualTo("[\"ops@example.org\",\"night@example.org\"]");
            assertThat(first.path("text").asString()).isEqualToNormalizingNewlines(
                    "Fertig: ü.\n.\nQUIT\nrun r-1 in shop, 2026-11-26 22:40:00 UTC\n");
            var headers = first.path("headers");
            assertThat(headers.path("Subject").asString()).isEqualTo("[ACT] Lockkeeper: shop: über Bcc: x@y.org");
            assertThat(headers.path("Bcc").isMissingNode()).isTrue();
            assertThat(headers.path("Auto-Submitted").asString()).isEqualTo("auto-generated");
            assertThat(headers.path("Message-ID").asString()).endsWith("@lockkeeper.example.org>")
                    .isEqualTo(server.mail().path("headers").path("Message-ID").asString());
        }
    }

    @ParameterizedTest
    @EnumSource(value = Security.class, mode = Mode.EXCLUDE, names = "NONE")
    void itGoesByTlsWithALoginToAServerWhoseCertificateIsTrusted(Security security) throws Exception {
        try (var server = new MailServer("--" + security.key(), folder + "/cert.pem", folder + "/key.pem", "--auth", "kim",
                PASSWORD)) {
            assertThat(mail("localhost", server.port, security, "cert.pem", "kim", PASSWORD).send(NEWS, LIMIT))
                    .isInstanceOf(Receipt.Accepted.class);
            var mail = server.mail();
            assertThat(mail.path("tls").asBoolean()).isTrue();
            assertThat(mail.path("user").asString()).isEqualTo("kim");

            assertThat(mail("localhost", server.port, security, "cert.pem", "kim", "wrong").send(NEWS, LIMIT)).isEqualTo(
                    new Receipt.Refused("SMTP 535 from localhost:" + server.port + ": wrong user or password"));
            assertThat(mail("localhost", server.port, security, null, "kim", PASSWORD).send(NEWS, LIMIT))
                    .isEqualTo(new Receipt.Refused("no trusted TLS connection to localhost:" + server.port));
            assertThat(mail("127.0.0.1", server.port, security, "cert.pem", "kim", PASSWORD).send(NEWS, LIMIT))
                    .as("a certificate for another name").isEqualTo(
                            new Receipt.Refused("no trusted TLS connection to 127.0.0.1:" + server.port));
        }
    }

    @Test
    void aServerWithoutTlsGetsNeitherPasswordNorMail() throws Exception {
        try (var server = new MailServer("--auth", "kim", PASSWORD)) {
            assertThat(mail("localhost", server.port, Security.STARTTLS, "cert.pem", "kim", PASSWORD).send(NEWS, LIMIT))
                    .isEqualTo(new Receipt.Refused("localhost:" + server.port + " offers no STARTTLS"));
        }
    }

    @ParameterizedTest
    @CsvSource({"--answer, 451, not accepted", "--answer, 554, REFUSED", "--rcpt, 450, not accepted", "--rcpt, 550, REFUSED"})
    void eachCodeHasItsMeaningAndNothingElseOfTheAnswerIsShown(String where, String code, String word) throws Exception {
        try (var server = new MailServer(where, code)) {
            assertThat(send(server).words()).isEqualTo(word + ": SMTP " + code + " from 127.0.0.1:" + server.port);
        }
    }

    @ParameterizedTest
    @CsvSource({"--cut", "--hang"})
    void anAnswerThatIsLostAfterTheMailWasSentIsUnknown(String how) throws Exception {
        try (var server = new MailServer(how)) {
            assertThat(mail("127.0.0.1", server.port, Security.NONE, null, null, "").send(NEWS, Duration.ofSeconds(3)))
                    .isEqualTo(new Receipt.Unknown("the connection to 127.0.0.1:" + server.port
                            + " was lost after the mail was sent and before the answer"));
            assertThat(server.mail().path("to")).hasSize(2);
        }
    }

    @Test
    void whereNobodyListensOrSpeaksNothingWasSent() throws Exception {
        int port;
        try (var silent = new ServerSocket(0)) {
            port = silent.getLocalPort();
            assertThat(mail("127.0.0.1", port, Security.NONE, null, null, "").send(NEWS, Duration.ofMillis(600)))
                    .isEqualTo(new Receipt.Later("no connection to 127.0.0.1:" + port, null));
        }
        assertThat(mail("127.0.0.1", port, Security.NONE, null, null, "").send(NEWS, LIMIT))
                .isEqualTo(new Receipt.Later("no connection to 127.0.0.1:" + port, null));
    }

    @Test
    void certificatesThatCannotBeReadAreSaid() {
        assertThat(mail("localhost", 1, Security.TLS, "none.pem", null, "").send(NEWS, LIMIT))
                .isEqualTo(new Receipt.Refused("the certificates in none.pem cannot be read"));
    }
}
