/// Whether what looks wrong with the service is a fault of this computer's own network: a pure decision over clients, links, counts and control
/// targets.
@NullMarked
package io.lockkeeper.domain.observer;

import org.jspecify.annotations.NullMarked;
