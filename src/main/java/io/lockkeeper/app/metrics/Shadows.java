package io.lockkeeper.app.metrics;

import io.lockkeeper.domain.metrics.MetricSignal;
import io.lockkeeper.domain.metrics.Shadow;
import io.lockkeeper.port.FirstValues;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// Since when each signal has values. Where that cannot be read or kept, shadows begin anew, which only makes gates wait longer.
final class Shadows {
    private final Map<String, Instant> firsts = new HashMap<>();
    private final FirstValues file;
    private final Duration length;
    private final Consumer<String> trouble;

    Shadows(FirstValues file, Duration length, Consumer<String> trouble) {
        this.file = file;
        this.length = length;
        this.trouble = trouble;
        try {
            firsts.putAll(file.read());
        } catch (IOException e) {
            trouble.accept("since when signals are known cannot be read: their shadow begins anew: " + e.getMessage());
        }
    }

    /// The signal has a value.
    void seen(MetricSignal signal, Instant now) {
        var known = firsts.get(signal.identity());
        if (known != null && !known.isAfter(now)) {
            return;
        }
        firsts.put(signal.identity(), now);
        try {
            file.write(firsts);
        } catch (IOException e) {
            trouble.accept("that " + signal.signal() + " is known from now on cannot be kept, so its shadow begins anew with the"
                    + " next console: " + e.getMessage());
        }
    }

    Shadow of(MetricSignal signal) {
        return new Shadow(firsts.get(signal.identity()), length);
    }
}
