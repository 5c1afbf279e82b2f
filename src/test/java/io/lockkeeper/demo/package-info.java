@NullMarked
package io.lockkeeper.demo;

import org.jspecify.annotations.NullMarked;
