@NullMarked
package io.lockkeeper.app.simulation;

import org.jspecify.annotations.NullMarked;
