package io.lockkeeper.adapter.service;

import io.lockkeeper.port.EventFeed;
import java.net.URI;

final class ServiceFeed implements EventFeed {
    private final String address;
    private final ServiceHttp http;

    ServiceFeed(String address, ServiceHttp http) {
        this.address = address;
        this.http = http;
    }

    @Override
    public String endpoint() {
        return address;
    }

    @Override
    public Subscription open(Listener listener) {
        var subscription = new FeedSubscription(URI.create(address), http, listener);
        Thread.ofVirtual().name("feed").start(subscription);
        return subscription;
    }
}
