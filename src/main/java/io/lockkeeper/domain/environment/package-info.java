@NullMarked
package io.lockkeeper.domain.environment;

import org.jspecify.annotations.NullMarked;
