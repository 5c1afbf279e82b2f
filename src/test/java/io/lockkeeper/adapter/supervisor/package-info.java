@NullMarked
package io.lockkeeper.adapter.supervisor;

import org.jspecify.annotations.NullMarked;
