/// History of signals in a SQLite file per environment. SQLite's calls are native and pin whatever runs them: one platform thread per file.
@NullMarked
package io.lockkeeper.adapter.sqlite;

import org.jspecify.annotations.NullMarked;
