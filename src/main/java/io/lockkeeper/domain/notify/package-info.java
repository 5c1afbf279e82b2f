/// What people who look at no console are told: the message, its shape for each receiver, and what follows from the receiver's answer.
@NullMarked
package io.lockkeeper.domain.notify;

import org.jspecify.annotations.NullMarked;
