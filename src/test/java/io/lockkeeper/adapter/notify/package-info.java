@NullMarked
package io.lockkeeper.adapter.notify;

import org.jspecify.annotations.NullMarked;
