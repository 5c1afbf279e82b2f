@NullMarked
package io.lockkeeper.app.watch;

import org.jspecify.annotations.NullMarked;
