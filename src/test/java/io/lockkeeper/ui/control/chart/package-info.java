@NullMarked
package io.lockkeeper.ui.control.chart;

import org.jspecify.annotations.NullMarked;
