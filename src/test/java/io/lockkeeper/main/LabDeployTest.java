package io.lockkeeper.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The shipped rolling deploy from the terminal on a real HAProxy and supervisord. A class of its own: it takes as long as all of [LabRunsTest].
@Timeout(180)
class LabDeployTest {
    @Test
    void theRollingDeployEndsWithEveryNodeOnTheNewVersionAndNoMessageLost(@TempDir Path folder) throws Exception {
        try (var terminal = new LabTerminal(folder)) {
            var result = terminal.run("run", "rolling-deploy", "--input", "version=v2", "--input", "deadline=1s", "--yes",
                    "--stragglers",
                    "close");
            assertThat(result.code()).as(result.out()).isZero();
            assertThat(result.out()).contains("proved by count").contains("known good from now on");
            terminal.nobodyLostAnything();
        }
    }
}
