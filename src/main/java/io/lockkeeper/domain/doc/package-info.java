@NullMarked
package io.lockkeeper.domain.doc;

import org.jspecify.annotations.NullMarked;
