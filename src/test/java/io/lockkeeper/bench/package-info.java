/// What things cost. Started by the scripts in `bench/`; never by the tests.
@NullMarked
package io.lockkeeper.bench;

import org.jspecify.annotations.NullMarked;
