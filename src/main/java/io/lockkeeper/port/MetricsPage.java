package io.lockkeeper.port;

import io.lockkeeper.domain.metrics.Answer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A place where another system tells numbers of the service: a page to scrape, or a server that answers queries.
public interface MetricsPage {
    /// Its name in the environment file.
    String source();

    /// The node whose own page it is; `null` for one of the whole service.
    @Nullable
    String node();

    /// Address for display, without secrets.
    String endpoint();

    /// Between two readings.
    Duration every();

    /// Asks for everything that the environment's signals need of it. What is wrong with one ask alone is in the answer.
    Answer read(Duration limit) throws LinkFault, InterruptedException;
}
