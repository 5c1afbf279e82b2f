@NullMarked
package io.lockkeeper.domain.alerting;

import org.jspecify.annotations.NullMarked;
