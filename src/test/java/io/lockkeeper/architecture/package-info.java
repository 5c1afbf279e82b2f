/// The inspector of the house: walls between packages, rules for all of them, and the promises' tests.
@NullMarked
package io.lockkeeper.architecture;

import org.jspecify.annotations.NullMarked;
