/// The real window, looked at and used from outside.
@NullMarked
package io.lockkeeper.ui.drive;

import org.jspecify.annotations.NullMarked;
