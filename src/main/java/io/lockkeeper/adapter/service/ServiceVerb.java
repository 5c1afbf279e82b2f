package io.lockkeeper.adapter.service;

import io.lockkeeper.domain.environment.SecretRef;
import io.lockkeeper.domain.environment.ServiceSpec;
import io.lockkeeper.domain.run.Order;
import java.util.Map;

/// Orders in the words of the admin API.
final class ServiceVerb {
    private ServiceVerb() {}

    static String path(Order order) {
        var verb = switch (order) {
            case Order.Drain _ -> "drain";
            case Order.Enable _ -> "enable";
            case Order.Share _ -> "share";
            case Order.CloseSessions _ -> "close";
            case Order.Restart _ -> "restart";
            case Order.Deploy _ -> "deploy";
            case Order.Errand _,Order.Probe _ ->
                throw new IllegalArgumentException("a service is asked for neither probes nor errands");
        };
        return "/v1/nodes/" + order.node() + "/" + verb;
    }

    static String body(Order order) {
        return ServiceContact.json(switch (order) {
            case Order.Share(_, _, int percent) -> Map.of("percent", percent);
            case Order.CloseSessions(_, _, int perSecond, int code) when isSendable(code) ->
                Map.of("perSecond", perSecond, "code", code);
            case Order.CloseSessions(_, _, int perSecond, _) -> Map.of("perSecond", perSecond);
            case Order.Deploy(_, var version) -> Map.of("version", version);
            default -> Map.<String, Object>of();
        });
    }

    /// Codes that the contract knows; with another the service chooses.
    private static boolean isSendable(int code) {
        return code == 1000 || code == 1001 || code == 1012 || code == 1013 || (code >= 3000 && code <= 4999);
    }

    /// An order as a command line for a shell, with the secret named and not shown.
    record Literal(ServiceSpec spec) {
        String of(Order order) {
            var token = switch (spec.token()) {
                case SecretRef.Env(var name) -> "$" + name;
                case SecretRef.InFile(var path) -> "$(cat " + (path.startsWith("~/") ? path : quoted(path)) + ")";
            };
            var curl = "curl -sS -H \"Authorization: Bearer " + token + "\" ";
            var body = body(order);
            return folder() + curl + "-H \"Lockkeeper-Op: by-hand-" + order.verb() + "-" + order.node()
                    + "-$(date +%s)\" -H \"Lockkeeper-Actor: $USER\" -X POST "
                    + (body.isEmpty() ? "" : "-d " + quoted(body) + " ") + quoted(spec.url() + path(order)) + "\n# read back:\n"
                    + curl + quoted(spec.url() + "/v1/nodes/" + order.node());
        }

        private String folder() {
            boolean relative = spec.token() instanceof SecretRef.InFile(var path) && !path.startsWith("/")
                    && !path.startsWith("~/");
            return relative ? "# in the folder of the environment file:\n" : "";
        }

        private static String quoted(String text) {
            return text.matches("[A-Za-z0-9_./:@%+=-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
        }
    }
}
