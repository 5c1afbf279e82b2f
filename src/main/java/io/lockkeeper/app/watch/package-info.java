/// Watching a service with clients of our own: what they meet is folded into episodes, measured, and judged by the environment's triggers.
@NullMarked
package io.lockkeeper.app.watch;

import org.jspecify.annotations.NullMarked;
