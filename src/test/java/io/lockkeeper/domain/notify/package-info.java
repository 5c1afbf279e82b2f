@NullMarked
package io.lockkeeper.domain.notify;

import org.jspecify.annotations.NullMarked;
