package io.lockkeeper.lab;

import java.time.Duration;
import java.util.Locale;

/// Lines with which acceptance breaks wires, and looks past them at what is true. A wire is `runtime`, `master` or `supervisor`.
///
/// - `lose runtime WORDS`: the answer to the next request with these words is lost; `cut`, `reset`, `silence` and `nonsense` alike
/// - `late supervisor 6 WORDS`: it comes 6 s late
/// - `asked runtime WORDS`: how many requests with these words arrived
/// - `drained ws-1`, `says ws-1`, `pid ws-1`: what HAProxy, the node, the system say
/// - `signal STOP 4711`, `restart-supervisor`
final class WireCommands {
    private final Lab lab;
    private final LabWires wires;

    WireCommands(Lab lab, LabWires wires) {
        this.lab = lab;
        this.wires = wires;
    }

    String answer(String line) throws Exception {
        var words = line.split(" ", 3);
        var rest = words.length > 2 ? words[2] : "";
        return switch (words[0]) {
            case "lose" -> plant(words[1], rest, new Fault.LostReply());
            case "cut" -> plant(words[1], rest, new Fault.CutReply(0));
            case "reset" -> plant(words[1], rest, new Fault.Reset());
            case "silence" -> plant(words[1], rest, new Fault.Silence());
            case "nonsense" -> plant(words[1], rest, new Fault.Nonsense("HTTP/1.0 502 Bad Gateway\r\n\r\n"));
            case "late" -> {
                int space = rest.indexOf(' ');
                yield plant(words[1], rest.substring(space + 1),
                        new Fault.LateReply(Duration.ofSeconds(Long.parseLong(rest.substring(0, space)))));
            }
            case "asked" -> String.valueOf(wire(words[1]).asked(rest));
            case "drained" -> String.valueOf(lab.edge.runtime("show servers state ws_nodes").lines()
                    .anyMatch(row -> row.contains(" " + Lab.server(words[1]) + " ") && row.split(" ", -1)[6].equals("8")));
            case "says" -> lab.says(words[1]).replace("\n", " ");
            case "pid" -> String.valueOf(lab.pid(words[1]));
            case "signal" -> {
                lab.signal(words[1].toUpperCase(Locale.ROOT), Long.parseLong(rest));
                yield "done";
            }
            case "restart-supervisor" -> {
                lab.restartSupervisor();
                yield "done";
            }
            default -> "unknown command";
        };
    }

    private String plant(String wire, String words, Fault fault) {
        wire(wire).next(words, fault);
        return "done";
    }

    private FaultyWire wire(String name) {
        return switch (name) {
            case "runtime" -> wires.runtime;
            case "master" -> wires.master;
            default -> wires.supervisor;
        };
    }
}
