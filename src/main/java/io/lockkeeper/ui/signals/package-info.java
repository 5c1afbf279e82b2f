/// What is measured of an environment, over time.
@NullMarked
package io.lockkeeper.ui.signals;

import org.jspecify.annotations.NullMarked;
