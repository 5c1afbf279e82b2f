package io.lockkeeper.app;

import io.lockkeeper.domain.link.LinkView;

/// One of Lockkeeper's own connections, kept alive as far as that makes sense. Thread-safe.
interface SupervisedLink {
    void start();

    void stop();

    /// Read, or try to connect, at once.
    void now();

    LinkView view();
}
