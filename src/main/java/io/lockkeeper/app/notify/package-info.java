/// Telling people who look at no console: what is told, and the sending of it beside everything else.
@NullMarked
package io.lockkeeper.app.notify;

import org.jspecify.annotations.NullMarked;
