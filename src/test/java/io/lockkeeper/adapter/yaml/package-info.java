@NullMarked
package io.lockkeeper.adapter.yaml;

import org.jspecify.annotations.NullMarked;
