@NullMarked
package io.lockkeeper.domain.run;

import org.jspecify.annotations.NullMarked;
