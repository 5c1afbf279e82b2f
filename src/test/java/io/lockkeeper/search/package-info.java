@NullMarked
package io.lockkeeper.search;

import org.jspecify.annotations.NullMarked;
