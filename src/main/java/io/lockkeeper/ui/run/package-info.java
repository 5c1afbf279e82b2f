@NullMarked
package io.lockkeeper.ui.run;

import org.jspecify.annotations.NullMarked;
