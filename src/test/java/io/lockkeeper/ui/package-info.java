@NullMarked
package io.lockkeeper.ui;

import org.jspecify.annotations.NullMarked;
