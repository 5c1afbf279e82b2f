@NullMarked
package io.lockkeeper.adapter.journal;

import org.jspecify.annotations.NullMarked;
