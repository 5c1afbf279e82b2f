package io.lockkeeper.adapter.notify;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lockkeeper.lab.Tool;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// aiosmtpd as Debian has it, in a process of its own on a free port.
final class MailServer implements AutoCloseable {
    private static final Path PACKAGE = Path.of("/usr/lib/python3/dist-packages/aiosmtpd");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Process process;
    private final BufferedReader out;
    final int port;

    MailServer(String... options) throws IOException {
        assumeTrue(Files.isDirectory(PACKAGE), "aiosmtpd is not installed (apt install python3-aiosmtpd)");
        var command = new ArrayList<>(List.of("/usr/bin/python3", "src/test/resources/mail/smtp.py"));
        command.addAll(List.of(options));
        process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        out = process.inputReader();
        port = Integer.parseInt(String.valueOf(out.readLine()));
    }

    /// The next mail that came.
    JsonNode mail() throws IOException {
        return JSON.readTree(out.readLine());
    }

    /// A certificate for `localhost` in `cert.pem` with its key in `key.pem`.
    static void certificate(Path folder) throws IOException, InterruptedException {
        var made = Tool.run("", "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                "-days", "2",
                "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout",
                folder.resolve("key.pem").toString(), "-out",
                folder.resolve("cert.pem").toString());
        if (made.code() != 0) {
            throw new IOException(made.out());
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
