@NullMarked
package io.lockkeeper.adapter.haproxy;

import org.jspecify.annotations.NullMarked;
