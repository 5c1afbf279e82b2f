/// What the console has read of an environment in the last hour, and what was done to it meanwhile.
@NullMarked
package io.lockkeeper.app.signals;

import org.jspecify.annotations.NullMarked;
