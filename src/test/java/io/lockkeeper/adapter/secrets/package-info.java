@NullMarked
package io.lockkeeper.adapter.secrets;

import org.jspecify.annotations.NullMarked;
