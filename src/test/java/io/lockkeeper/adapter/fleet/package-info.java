@NullMarked
package io.lockkeeper.adapter.fleet;

import org.jspecify.annotations.NullMarked;
