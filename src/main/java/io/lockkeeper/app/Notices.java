package io.lockkeeper.app;

import io.lockkeeper.domain.signal.Notice;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The newest notices, oldest first. One that says the same as the one before takes its place. Owned by one thread.
final class Notices {
    private static final int MOST = 200;
    private final Deque<Notice> notices = new ArrayDeque<>();

    void add(Instant at, Notice.Severity severity, String words) {
        var last = notices.peekLast();
        if (last != null && last.severity() == severity && last.words().equals(words)) {
            notices.removeLast();
        }
        notices.addLast(new Notice(at, severity, words));
        if (notices.size() > MOST) {
            notices.removeFirst();
        }
    }

    List<Notice> list() {
        return List.copyOf(notices);
    }
}
