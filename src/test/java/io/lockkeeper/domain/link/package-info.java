@NullMarked
package io.lockkeeper.domain.link;

import org.jspecify.annotations.NullMarked;
