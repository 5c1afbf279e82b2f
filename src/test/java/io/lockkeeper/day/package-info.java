/// A day of watching in virtual time, with the history on a real disk: what has to stay level does.
@NullMarked
package io.lockkeeper.day;

import org.jspecify.annotations.NullMarked;
