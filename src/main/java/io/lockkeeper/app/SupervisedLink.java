package io.lockkeeper.app;

import io.lockkeeper.domain.link.LinkView;
import io.lockkeeper.domain.observer.Contact;
import java.util.Optional;

/// One of Lockkeeper's own connections, kept alive as far as that makes sense. Thread-safe.
interface SupervisedLink {
    void start();

    void stop();

    /// Read, or try to connect, at once.
    void now();

    LinkView view();

    /// Whether its endpoint is heard at all, by the wall clock; empty where that cannot be told, and for a link that has stopped trying.
    default Optional<Contact> contact() {
        return Optional.empty();
    }
}
