/// Client of our own admin API and event feed, see docs/admin-api.md.
@NullMarked
package io.lockkeeper.adapter.service;

import org.jspecify.annotations.NullMarked;
