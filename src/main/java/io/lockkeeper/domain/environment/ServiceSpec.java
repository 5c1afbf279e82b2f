package io.lockkeeper.domain.environment;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A service that offers the admin API of `docs/admin-api.md`.
///
/// @param url of the admin API, without a path
/// @param feed address of its event feed; `null` where it has none
/// @param settles after how long an accepted order that is not seen in effect may be taken for not applied
public record ServiceSpec(String url, @Nullable String feed, SecretRef token, Duration settles) {}
