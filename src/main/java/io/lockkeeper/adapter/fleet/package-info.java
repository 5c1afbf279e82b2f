/// The fleet of our own clients on a few event loops: Netty's loop, channel and TLS, with a lean WebSocket layer of our own on top.
///
/// Stamp first, process later: what is read from a socket gets its time at once, and is worked on only when no other socket has
/// anything more to read.
@NullMarked
package io.lockkeeper.adapter.fleet;

import org.jspecify.annotations.NullMarked;
