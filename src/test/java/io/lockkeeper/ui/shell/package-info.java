@NullMarked
package io.lockkeeper.ui.shell;

import org.jspecify.annotations.NullMarked;
