/// Control targets outside the service, asked over real sockets.
@NullMarked
package io.lockkeeper.adapter.control;

import org.jspecify.annotations.NullMarked;
