/// The embedded service: a WebSocket service of three nodes, a balancer, an admin API, an event feed and clients, to try the console on and to test
/// it against. It is its own process and depends on nothing else of this project; `docs/admin-api.md` describes what it offers.
@NullMarked
package io.lockkeeper.demo;

import org.jspecify.annotations.NullMarked;
