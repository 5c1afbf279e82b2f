@NullMarked
package io.lockkeeper.adapter.json;

import org.jspecify.annotations.NullMarked;
