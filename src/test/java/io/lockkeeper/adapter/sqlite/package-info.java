/// The history of signals on real disks.
@NullMarked
package io.lockkeeper.adapter.sqlite;

import org.jspecify.annotations.NullMarked;
