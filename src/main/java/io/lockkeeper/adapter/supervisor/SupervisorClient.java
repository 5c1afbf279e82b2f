package io.lockkeeper.adapter.supervisor;

import io.lockkeeper.domain.environment.LifecycleSpec;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.Secrets;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/// One call to supervisord's XML-RPC over HTTP with basic authentication.
final class SupervisorClient {
    private final LifecycleSpec.Supervisor settings;
    private final Secrets secrets;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .followRedirects(HttpClient.Redirect.NEVER).build();

    SupervisorClient(LifecycleSpec.Supervisor settings, Secrets secrets) {
        this.settings = settings;
        this.secrets = secrets;
    }

    /// The request may have been carried out although no answer came.
    static final class Lost extends Exception {
        private static final long serialVersionUID = 1L;
        private final String why;

        Lost(String why, Throwable cause) {
            super(why, cause);
            this.why = why;
        }

        String why() {
            return why;
        }
    }

    /// @throws LinkFault when the request certainly did not reach supervisord, or was turned away at its door
    Object call(Duration limit, String method, Object... parameters) throws LinkFault, Lost, XmlRpc.Fault, InterruptedException {
        var builder = HttpRequest.newBuilder(URI.create(settings.url())).timeout(limit).header("Content-Type", "text/xml");
        var auth = settings.auth();
        if (auth != null) {
            var login = auth.user() + ":" + secrets.read(auth.password()).reveal();
            builder.header("Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
        }
        var request = builder.POST(HttpRequest.BodyPublishers.ofString(XmlRpc.call(method, parameters))).build();
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 401) {
                throw LinkFault.permanent(settings.url() + (auth == null
                        ? " asks for a user and a password"
                        : " does not accept user " + auth.user() + ": wrong user or password"));
            }
            if (response.statusCode() != 200) {
                throw LinkFault.passing(settings.url() + " answered HTTP " + response.statusCode());
            }
            return XmlRpc.reply(response.body());
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw LinkFault.passing(
                    settings.url() + " cannot be reached: " + (e.getMessage() == null ? "connection refused" : e.getMessage()),
                    e);
        } catch (IOException e) {
            throw new Lost(settings.url() + ": " + words(e), e);
        } catch (XmlRpc.Garbled e) {
            throw new Lost(settings.url() + ": " + e.getMessage(), e);
        }
    }

    private static String words(IOException e) {
        var message = e.getMessage();
        if (message == null) {
            return e.getClass().getSimpleName();
        }
        return message.contains("received no bytes") ? "the connection was closed without an answer" : message;
    }
}
