@NullMarked
package io.lockkeeper.domain.fleet;

import org.jspecify.annotations.NullMarked;
