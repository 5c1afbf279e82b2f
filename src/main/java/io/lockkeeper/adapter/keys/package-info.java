/// Signing keys of people, kept in files that only their owner may read, or in the keychain.
@NullMarked
package io.lockkeeper.adapter.keys;

import org.jspecify.annotations.NullMarked;
