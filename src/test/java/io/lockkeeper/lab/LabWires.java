package io.lockkeeper.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/// The ways from the console to a lab's HAProxy and supervisord, each of which can fail; the environment file leads through them. The
/// lab's own ways stay: what is true is read past the wires.
public final class LabWires implements AutoCloseable {
    public final FaultyWire runtime;
    public final FaultyWire master;
    public final FaultyWire supervisor;

    public LabWires(Lab lab) throws IOException {
        runtime = new FaultyWire(lab.edge.admin);
        master = new FaultyWire(lab.edge.master);
        supervisor = new FaultyWire(lab.supervisor);
        var text = Files.readString(lab.environmentFile()).replace("127.0.0.1:" + lab.edge.admin + "\"", to(runtime) + "\"")
                .replace("127.0.0.1:" + lab.edge.master + "\"", to(master) + "\"")
                .replace("127.0.0.1:" + lab.supervisor + "/", to(supervisor) + "/");
        Files.writeString(lab.environmentFile(), text);
    }

    private static String to(FaultyWire wire) {
        return "127.0.0.1:" + wire.port();
    }

    public void forget() {
        all().forEach(FaultyWire::forget);
    }

    private List<FaultyWire> all() {
        return List.of(runtime, master, supervisor);
    }

    @Override
    public void close() {
        all().forEach(FaultyWire::close);
    }
}
