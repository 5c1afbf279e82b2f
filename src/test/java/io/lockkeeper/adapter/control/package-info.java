@NullMarked
package io.lockkeeper.adapter.control;

import org.jspecify.annotations.NullMarked;
