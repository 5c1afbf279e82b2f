@NullMarked
package io.lockkeeper.adapter.http;

import org.jspecify.annotations.NullMarked;
