@NullMarked
package io.lockkeeper.domain.runbook;

import org.jspecify.annotations.NullMarked;
