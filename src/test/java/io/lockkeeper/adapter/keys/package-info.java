@NullMarked
package io.lockkeeper.adapter.keys;

import org.jspecify.annotations.NullMarked;
