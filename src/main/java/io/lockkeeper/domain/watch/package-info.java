/// What a console that watches a service with clients of its own knows of it, as screens and followers get it.
@NullMarked
package io.lockkeeper.domain.watch;

import org.jspecify.annotations.NullMarked;
