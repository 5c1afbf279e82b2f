@NullMarked
package io.lockkeeper.ui.runbooks;

import org.jspecify.annotations.NullMarked;
