/// Secrets from the process environment and from owner-only files.
@NullMarked
package io.lockkeeper.adapter.secrets;

import org.jspecify.annotations.NullMarked;
