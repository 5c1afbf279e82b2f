package io.lockkeeper.adapter.fleet;

import io.lockkeeper.port.LinkFault;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// TLS of a wss door, by the JDK. The certificate must be for the host's name.
final class Tls {
    private final SslContext context;
    private final String host;
    private final int port;

    /// @param authority certificates that are trusted; `null` for those that Java trusts
    /// @throws LinkFault when that file holds none
    Tls(String host, int port, @Nullable Path authority) throws LinkFault {
        this.host = host;
        this.port = port;
        try {
            var builder = SslContextBuilder.forClient().sslProvider(SslProvider.JDK);
            context = (authority == null ? builder : builder.trustManager(authority.toFile())).build();
        } catch (SSLException | IllegalArgumentException e) {
            throw LinkFault.permanent("the certificates in " + authority + " cannot be read", e);
        }
    }

    ChannelHandler handler(ByteBufAllocator allocator) {
        var handler = context.newHandler(allocator, host, port);
        handler.setHandshakeTimeoutMillis(0); // the client's own limit holds
        return handler;
    }
}
