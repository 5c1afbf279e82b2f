package io.lockkeeper.domain.environment;

/// How careful one has to be; gives the banner its colour and decides what must be confirmed.
public enum Tier {
    SANDBOX, STAGING, PRODUCTION
}
