/// Programs of this machine, run for an environment's commands.
@NullMarked
package io.lockkeeper.adapter.command;

import org.jspecify.annotations.NullMarked;
