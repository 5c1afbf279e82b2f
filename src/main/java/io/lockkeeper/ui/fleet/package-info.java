@NullMarked
package io.lockkeeper.ui.fleet;

import org.jspecify.annotations.NullMarked;
