@NullMarked
package io.lockkeeper.domain.client;

import org.jspecify.annotations.NullMarked;
