@NullMarked
package io.lockkeeper.adapter.prometheus;

import org.jspecify.annotations.NullMarked;
