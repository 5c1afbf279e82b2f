/// What is kept of the past of an environment: values over time, and what became of each of our clients that lost its connection.
@NullMarked
package io.lockkeeper.domain.history;

import org.jspecify.annotations.NullMarked;
