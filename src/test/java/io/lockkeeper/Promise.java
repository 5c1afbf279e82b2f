package io.lockkeeper;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Says which of the ten promises of `docs/safety.md` a test holds. On a class it counts for all of its tests.
///
/// The build fails when a promise that the page calls held has no test with its number.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Promise {
    /// Numbers of the promises, 1 to 10.
    int[] value();
}
