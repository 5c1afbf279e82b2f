package io.lockkeeper.adapter.service;

import io.lockkeeper.port.EventFeed;
import java.net.URI;
import java.time.Duration;

final class ServiceFeed implements EventFeed {
    /// Three heartbeats of the contract.
    private static final Duration SILENCE = Duration.ofSeconds(6);

    private final String address;
    private final ServiceHttp http;
    private final Duration silence;

    ServiceFeed(String address, ServiceHttp http) {
        this(address, http, SILENCE);
    }

    ServiceFeed(String address, ServiceHttp http, Duration silence) {
        this.silence = silence;
        this.address = address;
        this.http = http;
    }

    @Override
    public String endpoint() {
        return address;
    }

    @Override
    public Subscription open(Listener listener) {
        var subscription = new FeedSubscription(URI.create(address), http, listener, silence);
        Thread.ofVirtual().name("feed").start(subscription);
        return subscription;
    }
}
