@NullMarked
package io.lockkeeper.domain.observer;

import org.jspecify.annotations.NullMarked;
