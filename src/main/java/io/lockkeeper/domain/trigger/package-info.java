/// When going back should be offered, and when somebody should be told: pure state machines over the signals of our clients, evaluated every
/// 10 s.
@NullMarked
package io.lockkeeper.domain.trigger;

import org.jspecify.annotations.NullMarked;
