package io.lockkeeper.main;

import io.lockkeeper.app.Guarding;
import io.lockkeeper.adapter.journal.Disk;
import io.lockkeeper.adapter.journal.FileJournal;
import io.lockkeeper.adapter.journal.JournalFiles;
import io.lockkeeper.adapter.keys.Keychain;
import io.lockkeeper.adapter.json.JsonRecordings;
import io.lockkeeper.adapter.json.JsonRunEvents;
import io.lockkeeper.adapter.json.JsonWords;
import io.lockkeeper.adapter.socket.SocketDoorway;
import io.lockkeeper.adapter.sqlite.Limits;
import io.lockkeeper.adapter.sqlite.SignalFiles;
import io.lockkeeper.adapter.sqlite.SqliteSignalStore;
import io.lockkeeper.adapter.yaml.RunbookFolder;
import io.lockkeeper.app.signals.SignalHistory;
import io.lockkeeper.app.EnvironmentSession;
import io.lockkeeper.app.LiteralOrders;
import io.lockkeeper.app.LiveClients;
import io.lockkeeper.app.RunHistory;
import io.lockkeeper.app.RunPreparation;
import io.lockkeeper.app.RunbookLibrary;
import io.lockkeeper.app.SharedAccess;
import io.lockkeeper.app.Snapshot;
import io.lockkeeper.app.WayBackText;
import io.lockkeeper.app.notify.NotifyTest;
import io.lockkeeper.app.watch.Past;
import io.lockkeeper.app.watch.Watch;
import io.lockkeeper.cli.Desk;
import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.environment.EnvironmentFile;
import io.lockkeeper.domain.environment.Tier;
import io.lockkeeper.domain.journal.Entry;
import io.lockkeeper.domain.journal.Verification;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.port.JournalFailure;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.RunEvents;
import io.lockkeeper.port.Time;
import io.lockkeeper.ui.EnvironmentChoice;
import io.lockkeeper.ui.UiSettings;
import io.lockkeeper.domain.trigger.RecordedBaseline;
import io.lockkeeper.domain.trigger.TriggerSet;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The object graph, wired by hand: what commands and window stand on.
final class MainDesk implements Desk {
    static final String VERSION = "0.1.0";
    /// `no` leaves the demo to its own clients.
    private static final String DEMO_WATCH = "LOCKKEEPER_DEMO_WATCH";
    private static final Path HOME = Path.of(System.getProperty("user.home"));

    private final Folders folders;
    private final Map<String, String> variables;
    private final Time time = new SystemTime();
    private final Library library;
    private final DemoProcess demo;
    private final EnvironmentFiles environments;
    private volatile String role = "terminal";

    /// Made by the first command that needs a journal.
    private static final class Codec {
        static final RunEvents JSON = new JsonRunEvents();
    }

    MainDesk(Folders folders, Map<String, String> variables) {
        this.folders = folders;
        this.variables = variables;
        library = new Library(List.of(folders.config().resolve("runbooks")));
        demo = new DemoProcess(folders.demo());
        environments = new EnvironmentFiles(List.of(folders.config().resolve("environments"), Path.of("environments")),
                folders.demo(), demo, !"no".equals(variables.get(DEMO_WATCH)));
    }

    @Override
    public Opened open(String name) throws Unusable, InterruptedException {
        return open(environments.find(name), true, Contacts::watch);
    }

    @Override
    public Opened look(String name) throws Unusable, InterruptedException {
        return open(environments.find(name), false, Contacts::watch);
    }

    @Override
    public Opened watch(String name) throws Unusable, InterruptedException {
        var found = environments.find(name);
        if (found.environment().clients() == null) {
            throw new Unusable(found.file()
                    + " has no section \"clients\": there is nobody to watch with, see docs/environments.md");
        }
        role = "watcher";
        return open(found, true, Contacts::watchAnyway);
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

    /// What watches while an environment is held; `null` for nothing.
    private interface Eyes {
        Watch.@Nullable Parts of(EnvironmentFiles.Found found, Time time, Past past);
    }

    private Opened open(EnvironmentFiles.Found found, boolean acting, Eyes eyes) throws Unusable, InterruptedException {
        var contacts = Contacts.of(found, time);
        var environment = contacts.environment();
        var wayBacks = Folders.create(folders.wayBacks());
        try {
            var doorway = new SocketDoorway(folders.data().resolve("run"), environment.name(), new MessageCodec());
            var access = new SharedAccess(
                    new SharedAccess.Parts(environment, () -> hold(found, contacts, wayBacks, acting, eyes), doorway, Codec.JSON,
                            time,
                            VERSION));
            return new Opened(access, new RunPreparation(environment, library, time, VERSION, MainDesk::nonce, guarding(found)),
                    new LiteralOrders(environment, contacts.endpoints()));
        } catch (JournalFailure e) {
            throw new Unusable(e.why());
        } catch (IOException e) {
            throw new Unusable("the folder for talking to other windows and terminals cannot be used: " + e.getMessage());
        }
    }

    private static String nonce() {
        var bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private EnvironmentSession hold(EnvironmentFiles.Found found, Contacts contacts, Path wayBacks, boolean acting,
            Eyes eyes) throws JournalFailure {
        var environment = contacts.environment();
        var journal = FileJournal.open(JournalFiles.under(folders.data(), environment.name()), "lockkeeper",
                "allow".equals(variables.get(Disk.VARIABLE)) ? Disk.ANY : Disk.OWN);
        var history = SqliteSignalStore.at(SignalFiles.under(folders.data(), environment.name()), Limits.USUAL,
                environment.name());
        var past = new KeptPast(history, time, BaselineFile.under(folders.data(), environment.name()));
        return new EnvironmentSession(new EnvironmentSession.Parts(environment, contacts.endpoints(), journal, Codec.JSON, time,
                started -> keepWayBack(wayBacks, started, contacts), RandomGenerator.getDefault()::nextDouble,
                role + " (pid " + ProcessHandle.current().pid() + ")", user(), eyes.of(found, time, past), history,
                Contacts.metrics(found, new FirstValuesFile(folders.firstValues(), environment.name()), time),
                Channels.parts(found, folders, time)), acting);
    }

    private static String keepWayBack(Path folder, RunEvent.RunStarted started, Contacts contacts) throws IOException {
        var file = folder.resolve("wayback-" + started.run() + ".txt");
        OwnerFile.write(file, WayBackText.of(started, contacts.environment(), contacts.endpoints()));
        return file.toString();
    }

    @Override
    public RunbookLibrary library() {
        return library;
    }

    @Override
    public Keys keys() {
        return new OwnKeys(folders.config().resolve("keys"), new Keychain(System.getProperty("os.name")));
    }

    private Guarding guarding(EnvironmentFiles.Found found) {
        var clients = found.environment().clients();
        var baselines = BaselineFile.under(folders.data(), found.environment().name());
        return new Guarding(clients != null && clients.watch(), () -> {
            try {
                return baselines.read().baselines().stream().map(RecordedBaseline::baseline).toList();
            } catch (IOException _) {
                return List.of(); // `baseline list` says what is wrong with it
            }
        });
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
    public RecordingFile recording(Path file) throws Unusable {
        try (var lines = Files.newBufferedReader(file)) {
            var read = JsonRecordings.read(file.toString(), lines);
            return new RecordingFile(read.recording(), read.problems());
        } catch (CharacterCodingException e) {
            throw new Unusable("recording " + file + " is no text in UTF-8");
        } catch (IOException e) {
            throw new Unusable("recording " + file + " cannot be read: " + e.getClass().getSimpleName());
        }
    }

    /// A file is called one thing and the environment in it another, and a journal outlives its file.
    private JournalFiles journal(String name) throws Unusable {
        try {
            return JournalFiles.under(folders.data(), environments.nameIn(name));
        } catch (Unusable e) {
            var left = JournalFiles.under(folders.data(), name);
            if (!name.contains("/") && Files.exists(left.anchors())) {
                return left;
            }
            throw e;
        }
    }

    @Override
    public Verification verify(String environment) throws Unusable {
        try {
            return FileJournal.verify(journal(environment));
        } catch (JournalFailure e) {
            throw new Unusable(e.why());
        }
    }

    @Override
    public List<Entry> entries(String environment) throws Unusable {
        try {
            return FileJournal.entries(journal(environment), 1);
        } catch (JournalFailure e) {
            throw new Unusable(e.why());
        }
    }

    @Override
    public RunEvent decode(Entry entry) throws Unusable {
        try {
            return Codec.JSON.decode(new RunEvents.Encoded(entry.type(), entry.version(), entry.body()));
        } catch (RunEvents.UnknownEvent e) {
            throw new Unusable(String.valueOf(e.getMessage()));
        }
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
    public String wayBack(String environment, String run) throws Unusable {
        var file = folders.wayBacks().resolve("wayback-" + run + ".txt");
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new Unusable("the way back of run " + run + " is not in " + file + ": it was never armed, or was moved");
        }
    }

    @Override
    public Kept kept(String environment) throws Unusable {
        var name = journal(environment).folder().getFileName().toString();
        return KeptFile.open(SignalFiles.under(folders.data(), name), name);
    }

    private BaselineFile baselineFile(String environment) throws Unusable {
        return BaselineFile.under(folders.data(), journal(environment).folder().getFileName().toString());
    }

    @Override
    public Baselines baselines(String environment) throws Unusable {
        var file = baselineFile(environment);
        try {
            var read = file.read();
            return new Baselines(read.baselines(), read.unusable(), file.file());
        } catch (IOException e) {
            throw new Unusable("baselines in " + file.file() + " cannot be read: " + e.getMessage());
        }
    }

    @Override
    public void keep(String environment, RecordedBaseline baseline) throws Unusable {
        var file = baselineFile(environment);
        try {
            file.add(baseline);
        } catch (IOException e) {
            throw new Unusable("the baseline cannot be written to " + file.file() + ": " + e.getMessage());
        }
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
        role = "window";
        ConsoleApplication.open(this, onDemo, smoke);
        return 0;
    }

    UiSettings settings() {
        return new WindowSettings(folders.data().resolve("window.properties"));
    }

    /// Into a folder of its own in the data folder.
    String export(String name, String text) throws IOException {
        try {
            var file = Folders.create(folders.data().resolve("exports")).resolve(name);
            OwnerFile.write(file, text);
            return file.toString();
        } catch (Unusable e) {
            throw new IOException(e.why(), e);
        }
    }

    String ownFiles() {
        return folders.config().resolve("environments") + " or the folder environments beside where Lockkeeper is started";
    }

    /// What the window offers to open: the demo first, then every environment file at hand.
    List<EnvironmentChoice> choices() {
        var choices = new ArrayList<EnvironmentChoice>();
        choices.add(new EnvironmentChoice("demo", Tier.SANDBOX,
                "A service to try everything on: three nodes, a balancer and 60 clients in a process of their own on this computer.",
                List.of(),
                () -> opened("demo")));
        environments.all()
                .forEach((name,
                        read) -> choices.add(new EnvironmentChoice(name, read.file().map(EnvironmentFile::tier).orElse(null),
                                read.file().map(file -> file.nodes().size() + " nodes").orElse("This file cannot be used."),
                                read.problems().stream().filter(problem -> problem.severity() == Problem.Severity.ERROR)
                                        .map(Problem::toString).toList(),
                                () -> opened(name))));
        return choices;
    }

    private EnvironmentChoice.Opened opened(String name) throws Unusable, InterruptedException {
        var opened = open(name);
        var history = new SignalHistory(opened.access().environment(), time.now());
        var environment = opened.access().environment().name();
        var files = SignalFiles.under(folders.data(), environment);
        KeptFile.refill(history, files, time.now());
        return new EnvironmentChoice.Opened(opened.access(), opened.desk(), history, new KeptArchive(files, environment));
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
        var history = new RunHistory(Codec.JSON);
        try {
            entries(environment).forEach(history::add);
        } catch (Unusable _) {
            return true; // it ends by itself when nobody asks for it any more
        }
        return history.open().isPresent();
    }
}
