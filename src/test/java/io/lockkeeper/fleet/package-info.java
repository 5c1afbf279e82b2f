/// What the fleet is measured against: a neutral server in a process of its own, and the fleet in another.
@NullMarked
package io.lockkeeper.fleet;

import org.jspecify.annotations.NullMarked;
