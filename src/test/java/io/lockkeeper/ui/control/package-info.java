@NullMarked
package io.lockkeeper.ui.control;

import org.jspecify.annotations.NullMarked;
