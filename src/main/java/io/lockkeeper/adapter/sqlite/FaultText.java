package io.lockkeeper.adapter.sqlite;

import io.lockkeeper.domain.signal.ObserverFault;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/// Faults of the observer as one text, a line each: `1764158400000 1764158470000 the clock jumped`, with `-` for an end that was not known.
final class FaultText {
    private static final String OPEN = "-";

    private FaultText() {}

    static String of(Collection<ObserverFault> faults) {
        return faults.stream().map(one -> one.from().toEpochMilli() + " " + (one.goesOn() ? OPEN : one.to().toEpochMilli()) + " "
                + one.why().replaceAll("\\R", " ")).collect(Collectors.joining("\n"));
    }

    static List<ObserverFault> read(String text) {
        return text.lines().map(line -> line.split(" ", 3))
                .map(parts -> new ObserverFault(Instant.ofEpochMilli(Long.parseLong(parts[0])),
                        parts[1].equals(OPEN) ? Instant.MAX : Instant.ofEpochMilli(Long.parseLong(parts[1])), parts[2]))
                .toList();
    }
}
