@NullMarked
package io.lockkeeper.app.signals;

import org.jspecify.annotations.NullMarked;
