@NullMarked
package io.lockkeeper.domain.history;

import org.jspecify.annotations.NullMarked;
