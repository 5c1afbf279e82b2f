@NullMarked
package io.lockkeeper.domain.journal;

import org.jspecify.annotations.NullMarked;
