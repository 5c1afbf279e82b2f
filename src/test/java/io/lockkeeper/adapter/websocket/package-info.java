@NullMarked
package io.lockkeeper.adapter.websocket;

import org.jspecify.annotations.NullMarked;
