package io.lockkeeper.fleet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A [NeutralServer] in its own process.
public final class ServerProcess implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Process process;
    private final PrintWriter orders;
    private final BufferedReader answers;
    private final int port;

    /// @param port 0 for a free one
    public ServerProcess(int port) throws IOException {
        process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                NeutralServer.class.getName(), "" + port).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        orders = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.port = Integer.parseInt(answer().replace("ready ", ""));
    }

    private String answer() throws IOException {
        var line = answers.readLine();
        if (line == null || line.startsWith("error")) {
            throw new IOException("the server said " + line);
        }
        return line;
    }

    public int port() {
        return port;
    }

    public String order(String line) throws IOException {
        orders.println(line);
        return answer();
    }

    public int count(String what) throws IOException {
        return counts().path(what).asInt();
    }

    public JsonNode counts() throws IOException {
        return JSON.readTree(order("counts"));
    }

    /// As `kill -9` does.
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// Hangs from now on: its kernel still accepts connections, and nobody answers.
    public void freeze() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-STOP", "" + process.pid()).start().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
