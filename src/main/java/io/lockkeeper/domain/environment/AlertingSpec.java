package io.lockkeeper.domain.environment;

import org.jspecify.annotations.Nullable;

/// Where the team's alerts come and go, so that a drill can see one arrive. Asked only; nothing is written there.
///
/// @param prometheus its address, without a slash at the end, as for `alertmanager`
/// @param alertmanager `null` where it is not looked at
/// @param auth for both; `null` where none is asked for
public record AlertingSpec(String prometheus, @Nullable String alertmanager, @Nullable Auth auth) {}
