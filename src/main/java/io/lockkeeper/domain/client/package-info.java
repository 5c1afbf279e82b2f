/// What Lockkeeper's own clients of the service meet, and what follows from it: losses, attempts, returns, and the episodes they make up.
@NullMarked
package io.lockkeeper.domain.client;

import org.jspecify.annotations.NullMarked;
