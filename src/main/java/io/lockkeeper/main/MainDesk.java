package io.lockkeeper.main;

import io.lockkeeper.adapter.journal.Disk;
import io.lockkeeper.adapter.keys.Keychain;
import io.lockkeeper.adapter.json.JsonWords;
import io.lockkeeper.adapter.yaml.RunbookFolder;
import io.lockkeeper.app.LiveClients;
import io.lockkeeper.app.RunHistory;
import io.lockkeeper.app.RunbookLibrary;
import io.lockkeeper.app.Snapshot;
import io.lockkeeper.app.notify.NotifyTest;
import io.lockkeeper.cli.Desk;
import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.Time;
import io.lockkeeper.domain.trigger.TriggerSet;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The object graph, wired by hand: what commands and window stand on.
final class MainDesk implements Desk {
    static final String VERSION = "0.1.0";
    /// `no` leaves the demo to its own clients.
    private static final String DEMO_WATCH = "LOCKKEEPER_DEMO_WATCH";
    private static final String TERMINAL = "terminal";
    private static final Path HOME = Path.of(System.getProperty("user.home"));

    private final Folders folders;
    private final Map<String, String> variables;
    private final Time time = new SystemTime();
    private final Library library;
    private final DemoProcess demo;
    private final EnvironmentFiles environments;
    private final Sessions sessions;
    private final OwnRecords records;

    MainDesk(Folders folders, Map<String, String> variables) {
        this.folders = folders;
        this.variables = variables;
        library = new Library(List.of(folders.config().resolve("runbooks")));
        demo = new DemoProcess(folders.demo());
        environments = new EnvironmentFiles(List.of(folders.config().resolve("environments"), Path.of("environments")),
                folders.demo(), demo, !"no".equals(variables.get(DEMO_WATCH)));
        sessions = new Sessions(folders, library, time, "allow".equals(variables.get(Disk.VARIABLE)), user());
        records = new OwnRecords(folders, environments);
    }

    @Override
    public Opened open(String name) throws Unusable, InterruptedException {
        return sessions.open(environments.find(name), true, Contacts::watch, TERMINAL);
    }

    @Override
    public Opened look(String name) throws Unusable, InterruptedException {
        return sessions.open(environments.find(name), false, Contacts::watch, TERMINAL);
    }

    @Override
    public Opened watch(String name) throws Unusable, InterruptedException {
        var found = environments.find(name);
        if (found.environment().clients() == null) {
            throw new Unusable(found.file()
                    + " has no section \"clients\": there is nobody to watch with, see docs/environments.md");
        }
        return sessions.open(found, true, Contacts::watchAnyway, "watcher");
    }

    @Override
    public Records records() {
        return records;
    }

    @Override
    public Alerting alerting() {
        return new OwnAlerting(environments, HOME);
    }

    @Override
    public NotifyTest notifyTest(String name) throws Unusable, InterruptedException {
        var found = environments.find(name);
        if (found.environment().channels().isEmpty()) {
            throw new Unusable(found.file() + " has no section \"notify\": it names the channels, see docs/notifications.md");
        }
        return new NotifyTest(found.environment().environment(Set.of(), 1000), Channels.of(found, time));
    }

    @Override
    public RunbookLibrary library() {
        return library;
    }

    @Override
    public Keys keys() {
        return new OwnKeys(folders.config().resolve("keys"), new Keychain(System.getProperty("os.name")));
    }

    @Override
    public RunbookFile runbook(Path file) {
        var read = RunbookFolder.read(file);
        return new RunbookFile(read.runbook(), read.problems());
    }

    @Override
    public String runbookSchema() {
        return Library.schema();
    }

    @Override
    public Environment environment(String name) throws Unusable, InterruptedException {
        return Contacts.of(environments.find(name), time).environment();
    }

    @Override
    public TriggerSet triggers(String environment) throws Unusable {
        return environments.triggers(environment);
    }

    @Override
    public String json(long seq, String run, RunEvent event) {
        return JsonWords.event(seq, run, event);
    }

    @Override
    public String json(Environment environment, Snapshot snapshot) {
        var run = snapshot.run();
        var who = snapshot.control();
        boolean required = environment.guards().control();
        var control = who == null
                ? new JsonWords.Control(required, null, null, null, null)
                : new JsonWords.Control(required, who.actor(), who.reason(), who.since(), who.until());
        return JsonWords.status(environment, snapshot.holder(), snapshot.following(), control, snapshot.links(), snapshot.fleet(),
                run != null && run.open() ? run.run() : null, snapshot.watch(), snapshot.history(),
                snapshot.signals(snapshot.at()), snapshot.channels());
    }

    @Override
    public String json(Map<String, ? extends @Nullable Object> object) {
        return JsonWords.object(object);
    }

    @Override
    public LiveClients clients(String name, OptionalInt sentinels, OptionalInt cyclers, Consumer<ClientEvent> listener)
            throws Unusable, InterruptedException {
        var found = environments.find(name);
        var spec = found.environment().clients();
        if (spec == null) {
            throw new Unusable(
                    found.file() + " has no section \"clients\": it says where they connect, see docs/environments.md");
        }
        var sized = spec.sized(sentinels.orElse(spec.sentinels()), cyclers.orElse(spec.cyclers()));
        try {
            return new LiveClients(Contacts.clients(found, sized, time), found.environment().probes(), listener);
        } catch (LinkFault e) {
            throw new Unusable(e.why());
        }
    }

    @Override
    public EventFile record(Path file) throws Unusable {
        return JsonEventFile.create(file);
    }

    @Override
    public String demo() throws Unusable, InterruptedException {
        var running = demo.attach();
        return "the demo runs as pid " + running.path("pid").asLong() + "; front door " + running.path("front").asString()
                + ", admin API "
                + running.path("admin").asString() + "; it ends by itself after 10 minutes without us";
    }

    @Override
    public int window(boolean onDemo, boolean smoke) throws Unusable {
        Folders.create(folders.data());
        ConsoleApplication.open(new WindowDesk(folders, environments, library, time, user(),
                name -> sessions.open(environments.find(name), true, Contacts::watch, "window")), onDemo, smoke);
        return 0;
    }

    @Override
    public Optional<String> noDisplay() {
        var linux = System.getProperty("os.name", "").startsWith("Linux");
        boolean display = List.of("DISPLAY", "WAYLAND_DISPLAY").stream()
                .anyMatch(name -> !variables.getOrDefault(name, "").isBlank());
        boolean headless = "Headless".equals(System.getProperty("glass.platform"));
        return linux && !display && !headless
                ? Optional.of("there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)")
                : Optional.empty();
    }

    @Override
    public Closing whenInterrupted(Runnable then) {
        var hook = new Thread(then, "interrupted");
        Runtime.getRuntime().addShutdownHook(hook);
        return () -> {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException _) {
                // the program is ending already, and the hook with it
            }
        };
    }

    @Override
    public Closing whenStopped(Runnable then) {
        return new Stopping(then, this::close);
    }

    @Override
    public Instant now() {
        return time.now();
    }

    @Override
    public String user() {
        return System.getProperty("user.name", "unknown");
    }

    @Override
    public String version() {
        return VERSION;
    }

    /// Stops what only this process needed. A run that is open still needs its service, and what was done to it.
    void close() {
        if (demo.startedHere() && !openRun("demo")) {
            demo.stop();
        }
    }

    private boolean openRun(String environment) {
        var history = new RunHistory(RunCodec.JSON);
        try {
            records.entries(environment).forEach(history::add);
        } catch (Unusable _) {
            return true; // it ends by itself when nobody asks for it any more
        }
        return history.open().isPresent();
    }
}
