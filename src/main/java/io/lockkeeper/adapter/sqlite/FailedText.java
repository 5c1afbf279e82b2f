package io.lockkeeper.adapter.sqlite;

import io.lockkeeper.domain.client.Failure;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/// Counted failures as one text, `REFUSED:0=3 STATUS:503=2`.
final class FailedText {
    private FailedText() {}

    static String of(Map<Failure, Long> failed) {
        return failed.entrySet().stream().map(one -> one.getKey().cause() + ":" + one.getKey().status() + "=" + one.getValue())
                .collect(Collectors.joining(" "));
    }

    static Map<Failure, Long> read(String text) {
        return text.isEmpty()
                ? Map.of()
                : Arrays.stream(text.split(" ", -1)).map(one -> one.split("[:=]", -1))
                        .collect(Collectors.toMap(
                                parts -> new Failure(Failure.Cause.valueOf(parts[0]), Integer.parseInt(parts[1])),
                                parts -> Long.parseLong(parts[2])));
    }
}
