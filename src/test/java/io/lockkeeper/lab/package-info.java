@NullMarked
package io.lockkeeper.lab;

import org.jspecify.annotations.NullMarked;
