@NullMarked
package io.lockkeeper.adapter;

import org.jspecify.annotations.NullMarked;
