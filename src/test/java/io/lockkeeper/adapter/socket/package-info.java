@NullMarked
package io.lockkeeper.adapter.socket;

import org.jspecify.annotations.NullMarked;
