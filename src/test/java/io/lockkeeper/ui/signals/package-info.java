@NullMarked
package io.lockkeeper.ui.signals;

import org.jspecify.annotations.NullMarked;
