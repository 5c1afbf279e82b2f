@NullMarked
package io.lockkeeper.ui.history;

import org.jspecify.annotations.NullMarked;
