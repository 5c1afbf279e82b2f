@NullMarked
package io.lockkeeper.adapter.command;

import org.jspecify.annotations.NullMarked;
