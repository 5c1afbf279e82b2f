package io.lockkeeper.adapter.notify;

import io.lockkeeper.domain.environment.ChannelSpec.Route;
import io.lockkeeper.domain.notify.Notification;
import io.lockkeeper.domain.notify.Payload;
import io.lockkeeper.domain.notify.Receipt;
import io.lockkeeper.port.Notifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The desktop of whoever runs this process, by the program that each system has for it. Title and text are never part of a script: they are arguments or
/// environment variables.
public final class Desktop implements Notifier {
    /// The systems that are known, with what is started there.
    public enum OperatingSystem {
        LINUX("notify-send"), MACOS("osascript"), WINDOWS("powershell.exe");

        private final String program;

        OperatingSystem(String program) {
            this.program = program;
        }

        /// @param name as the property `os.name` has it
        public static OperatingSystem of(String name) {
            return name.startsWith("Windows") ? WINDOWS : name.startsWith("Mac") ? MACOS : LINUX;
        }
    }

    private static final Duration LIMIT = Duration.ofSeconds(5);
    /// How a session of a desktop is found, and what each system's programs need to start at all.
    private static final Set<String> PASSED = Set.of("PATH", "HOME", "USER", "LANG", "LC_ALL", "DISPLAY", "WAYLAND_DISPLAY",
            "XAUTHORITY", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS", "SystemRoot", "SystemDrive", "windir", "TEMP", "TMP",
            "USERPROFILE", "APPDATA", "LOCALAPPDATA", "PSModulePath", "ProgramData", "__CF_USER_TEXT_ENCODING");
    private static final String TITLE = "LOCKKEEPER_TITLE";
    private static final String TEXT = "LOCKKEEPER_TEXT";
    private static final List<String> APPLE = List.of("on run argv",
            "display notification (item 2 of argv) with title (item 1 of argv)",
            "end run");
    /// Windows shows nothing of programs that it does not know; PowerShell itself it knows.
    private static final String WINDOWS = String.join("; ", "$ErrorActionPreference = 'Stop'",
            "$null = [Windows.UI.Notifications.ToastNotificationManager, Windows.UI.Notifications, ContentType = WindowsRuntime]",
            "$xml = [Windows.UI.Notifications.ToastNotificationManager]::GetTemplateContent([Windows.UI.Notifications.ToastTemplateType]::ToastText02)",
            "$lines = $xml.GetElementsByTagName('text')",
            "$null = $lines.Item(0).AppendChild($xml.CreateTextNode($env:" + TITLE + "))",
            "$null = $lines.Item(1).AppendChild($xml.CreateTextNode($env:" + TEXT + "))",
            "$app = '{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}\\WindowsPowerShell\\v1.0\\powershell.exe'",
            "[Windows.UI.Notifications.ToastNotificationManager]::CreateToastNotifier($app).Show([Windows.UI.Notifications.ToastNotification]::new($xml))");

    private final Route route;
    private final OperatingSystem os;
    private final Map<String, String> variables;

    /// @param variables of this process
    public Desktop(Route route, OperatingSystem os, Map<String, String> variables) {
        this.route = route;
        this.os = os;
        this.variables = Map.copyOf(variables);
    }

    @Override
    public String endpoint() {
        return "this desktop, by " + os.program;
    }

    /// What is started for a notification.
    List<String> command(Notification notification) {
        var title = Payload.title(notification);
        var text = Payload.text(route, notification).replace('\0', ' ');
        return switch (os) {
            case LINUX ->
                List.of(os.program, "--app-name=Lockkeeper", "--urgency=" + (notification.urgent() ? "critical" : "normal"),
                        "--", title, plain(text));
            case MACOS -> List.of(os.program, "-e", APPLE.get(0), "-e", APPLE.get(1), "-e", APPLE.get(2), title, text);
            case WINDOWS -> List.of(os.program, "-NoProfile", "-NonInteractive", "-Command", WINDOWS);
        };
    }

    /// Most desktops take the body for a markup with links and pictures.
    private static String plain(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    @Override
    public Receipt send(Notification notification, Duration limit) throws InterruptedException {
        var command = new ArrayList<>(command(notification));
        command.set(0, located());
        var builder = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        var passed = new TreeMap<>(variables);
        passed.keySet().retainAll(PASSED);
        passed.put(TITLE, Payload.title(notification));
        passed.put(TEXT, Payload.text(route, notification).replace('\0', ' '));
        builder.environment().clear();
        builder.environment().putAll(passed);
        var most = limit.compareTo(LIMIT) < 0 ? limit : LIMIT;
        try {
            var process = builder.start();
            process.getOutputStream().close();
            return ended(process, most);
        } catch (IOException _) {
            return new Receipt.Refused(os.program + " cannot be started" + switch (os) {
                case LINUX -> "; on Debian it is in libnotify-bin";
                case MACOS, WINDOWS -> "";
            });
        }
    }

    /// By the `PATH` that was handed in: Java itself looks in that of this process. On Windows the name alone is looked for in the system's own folders.
    private String located() {
        return os == OperatingSystem.WINDOWS
                ? os.program
                : Stream.of(variables.getOrDefault("PATH", "").split(":")).filter(folder -> !folder.isEmpty())
                        .map(folder -> Path.of(folder, os.program)).filter(Files::isExecutable).map(Path::toString).findFirst()
                        .orElse(os.program);
    }

    private Receipt ended(Process process, Duration limit) throws InterruptedException {
        try {
            if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                return new Receipt.Unknown(os.program + " did not end within " + limit.toMillis() + " ms");
            }
            int code = process.exitValue();
            return code == 0
                    ? new Receipt.Accepted(os.program + " showed it")
                    : new Receipt.Refused(
                            os.program + " ended with " + code + ": is there a desktop that shows notifications?");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
