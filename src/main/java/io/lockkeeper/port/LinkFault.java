package io.lockkeeper.port;

import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeoutException;

/// Reading from an endpoint failed. The message is one sentence for the operator and holds no secret.
public final class LinkFault extends Exception {
    private static final long serialVersionUID = 1L;
    private final boolean permanent;
    private final String why;

    private LinkFault(String message, boolean permanent, Throwable cause) {
        super(message, cause);
        this.why = message;
        this.permanent = permanent;
    }

    private LinkFault(String message, boolean permanent) {
        super(message);
        this.why = message;
        this.permanent = permanent;
    }

    /// Trying again later may help: refused, timed out, cut off, garbled.
    public static LinkFault passing(String message) {
        return new LinkFault(message, false);
    }

    public static LinkFault passing(String message, Throwable cause) {
        return new LinkFault(message, false, cause);
    }

    /// Trying again cannot help until a person changes something: wrong password, wrong certificate, unknown backend, wrong map.
    public static LinkFault permanent(String message) {
        return new LinkFault(message, true);
    }

    public static LinkFault permanent(String message, Throwable cause) {
        return new LinkFault(message, true, cause);
    }

    /// The message: one sentence, no secret.
    public String why() {
        return why;
    }

    public boolean isPermanent() {
        return permanent;
    }

    /// False where nobody answered at all, as far as its causes tell: too late, no way there, a name that is not known. A refusal is an answer.
    public boolean isAnswered() {
        for (Throwable cause = getCause(); cause != null; cause = cause.getCause()) {
            boolean noWay = cause instanceof SocketException && String.valueOf(cause.getMessage()).contains("unreachable");
            if (noWay || cause instanceof NoRouteToHostException || cause instanceof UnknownHostException
                    || cause instanceof UnresolvedAddressException || cause instanceof TimeoutException
                    || cause instanceof HttpTimeoutException || cause instanceof SocketTimeoutException) {
                return false;
            }
        }
        return true;
    }
}
