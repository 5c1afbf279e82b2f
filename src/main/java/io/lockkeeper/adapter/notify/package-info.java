/// Ways to people who look at no console: webhooks over HTTP, mail over SMTP, the desktop by its own program.
@NullMarked
package io.lockkeeper.adapter.notify;

import org.jspecify.annotations.NullMarked;
