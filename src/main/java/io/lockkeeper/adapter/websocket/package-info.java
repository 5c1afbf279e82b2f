/// A real WebSocket client that tries one node.
@NullMarked
package io.lockkeeper.adapter.websocket;

import org.jspecify.annotations.NullMarked;
