package io.lockkeeper.adapter.control;

import io.lockkeeper.port.ControlTargets;
import io.lockkeeper.port.LinkFault;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// `tcp://host:port` has answered when it accepts a connection, `http` and `https` with any status. A refused connection is none: something
/// on the way may refuse for it. A certificate that is not trusted is none either: it may be that of a hotel's Wi-Fi.
public final class SocketControls implements ControlTargets {
    private final List<String> targets;

    public SocketControls(List<String> targets) {
        this.targets = List.copyOf(targets);
    }

    @Override
    public List<String> targets() {
        return targets;
    }

    @Override
    public void ask(String target, Duration limit) throws LinkFault, InterruptedException {
        var address = URI.create(target);
        var task = new FutureTask<Void>(() -> {
            if (address.getScheme().equals("tcp")) {
                connect(address, limit);
            } else {
                request(address, limit);
            }
            return null;
        });
        // its own thread: looking a name up cannot be interrupted, and the system's resolver may take longer than the limit
        Thread.ofVirtual().name("control " + target).start(task);
        try {
            task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw LinkFault.passing("no answer within " + limit.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw LinkFault.passing(words(e.getCause(), limit), e);
        } finally {
            task.cancel(true);
        }
    }

    private static void connect(URI address, Duration limit) throws IOException {
        try (var socket = new Socket(Proxy.NO_PROXY)) {
            socket.connect(new InetSocketAddress(host(address), address.getPort()), Math.toIntExact(limit.toMillis()));
        }
    }

    /// Not Java's newer HTTP client: that keeps connections, and what an old one still answers says little of the network now.
    private static void request(URI address, Duration limit) throws IOException {
        var connection = (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);
        try {
            connection.setRequestMethod("HEAD");
            connection.setRequestProperty("Connection", "close");
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            connection.setConnectTimeout(Math.toIntExact(limit.toMillis()));
            connection.setReadTimeout(Math.toIntExact(limit.toMillis()));
            if (connection.getResponseCode() < 0) {
                throw new IOException("the answer is not HTTP");
            }
        } finally {
            connection.disconnect();
        }
    }

    private static String host(URI address) throws UnknownHostException {
        if (address.getHost() == null) { // "1.2.3" is neither a name nor an address
            throw new UnknownHostException(address.toString());
        }
        return address.getHost().replaceAll("[\\[\\]]", "");
    }

    private static String words(@Nullable Throwable cause, Duration limit) {
        return switch (cause) {
            case SocketTimeoutException _ -> "no answer within " + limit.toMillis() + " ms";
            case UnknownHostException _ -> "its host is not known";
            case SSLException _ -> "no trusted TLS connection";
            case IOException failed when failed.getMessage() != null -> failed.getMessage();
            case null -> "an error of the console itself";
            default -> cause.getClass().getSimpleName();
        };
    }
}
