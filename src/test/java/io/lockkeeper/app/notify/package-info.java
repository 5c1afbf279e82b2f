@NullMarked
package io.lockkeeper.app.notify;

import org.jspecify.annotations.NullMarked;
