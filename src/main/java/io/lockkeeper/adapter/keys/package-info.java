/// Signing keys of people, kept in files that only their owner may read.
@NullMarked
package io.lockkeeper.adapter.keys;

import org.jspecify.annotations.NullMarked;
