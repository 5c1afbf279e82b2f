package io.lockkeeper.adapter.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lockkeeper.domain.environment.Address;
import io.lockkeeper.port.LinkFault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The moment between the list of old workers and the question to one of them, which no real master can be held at. Its answers are
/// those of HAProxy 2.6.
class OldWorkersTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String HEADER = "#<PID>          <type>          <reloads>       <uptime>        <version>\n";
    private static final String ALONE = HEADER + "1               master          1               0d00h00m09s     2.6.12\n"
            + "# workers\n20              worker          0               0d00h00m01s     2.6.12\n# programs\n\n";
    private static final String TWO = ALONE.replace("# programs",
            "# old workers\n10              worker          1               0d00h00m09s     2.6.12\n# programs");
    private static final String STAT = "# pxname,svname,scur,\nws_nodes,ws1,3,\n\n";

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> answers = new CopyOnWriteArrayList<>();
    private ServerSocket master;

    @BeforeEach
    void listen() throws IOException {
        master = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::answer);
    }

    @AfterEach
    void end() throws IOException {
        master.close();
    }

    /// One answer after the other, each on a connection of its own.
    private void answer() {
        while (true) {
            try (var connection = master.accept();
                    var reader = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
                asked.add(reader.readLine());
                connection.getOutputStream().write(answers.removeFirst().getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                return;
            }
        }
    }

    private OldWorkers workers(String... scripted) {
        answers.addAll(List.of(scripted));
        return new OldWorkers(new RuntimeApi(new Address.Tcp("127.0.0.1", master.getLocalPort())));
    }

    @Test
    void theSessionsOfAnOldWorkerAreCounted() throws Exception {
        assertThat(workers(TWO, STAT).sessions("ws_nodes", LIMIT)).containsEntry("ws1", 3L);
        assertThat(asked).containsExactly("show proc", "@!10 show stat ws_nodes 4 -1");
    }

    @Test
    void oneThatEndedMeanwhileHasNoSessions() throws Exception {
        assertThat(workers(TWO, "", ALONE).sessions("ws_nodes", LIMIT)).isEmpty();
        assertThat(asked).containsExactly("show proc", "@!10 show stat ws_nodes 4 -1", "show proc");
    }

    @Test
    void oneThatIsThereAndDoesNotAnswerMayHaveSome() {
        var workers = workers(TWO, "", TWO);
        assertThatThrownBy(() -> workers.sessions("ws_nodes", LIMIT)).isInstanceOfSatisfying(LinkFault.class,
                fault -> assertThat(fault.why()).contains("closed the connection without answering", "@!10 show stat"));
    }

    @Test
    void whereTheListCannotBeReadAgainNobodyKnows() {
        var workers = workers(TWO, "", "");
        assertThatThrownBy(() -> workers.sessions("ws_nodes", LIMIT)).isInstanceOf(LinkFault.class);
    }

    @Test
    void itsTableOfSessionsIsEmptyThen() throws Exception {
        assertThat(workers(TWO, "", ALONE).sessionTables(LIMIT)).containsEntry("10", "");
    }
}
