@NullMarked
package io.lockkeeper.ui.palette;

import org.jspecify.annotations.NullMarked;
