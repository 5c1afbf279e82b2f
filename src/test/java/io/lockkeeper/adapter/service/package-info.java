@NullMarked
package io.lockkeeper.adapter.service;

import org.jspecify.annotations.NullMarked;
