/// What all tests share: the mark that ties a test to a promise.
@NullMarked
package io.lockkeeper;

import org.jspecify.annotations.NullMarked;
