/// Curves over time on a canvas. What is drawn where is worked out without JavaFX; painters only paint it.
@NullMarked
package io.lockkeeper.ui.control.chart;

import org.jspecify.annotations.NullMarked;
