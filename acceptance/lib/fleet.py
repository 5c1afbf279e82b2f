"""The fleet and what it is held against, each in a process of its own, driven by lines."""
import json
import pathlib
import resource
import subprocess
import time

from product import JAVA, WORK

RUN = [JAVA[0], "--enable-native-access=ALL-UNNAMED"]
PATH = ["-cp", JAVA[-1]]
OURS = "io.lockkeeper.fleet.FleetTrial"
STOCK = "io.lockkeeper.fleet.StockTrial"
ROOM = 500


class Process:
    """A Java process that takes orders on its input and answers each with a line."""

    def __init__(self, options, *main):
        self.process = subprocess.Popen(RUN + options + PATH + [str(word) for word in main], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.hello = self.answer()

    def answer(self):
        line = self.process.stdout.readline().strip()
        if not line or line.startswith("error"):
            raise SystemExit(f"a process said {line or 'nothing'}: exit code {self.process.poll()}")
        return line

    def order(self, *words):
        self.process.stdin.write(" ".join(str(word) for word in words) + "\n")
        self.process.stdin.flush()
        return self.answer()

    def ask(self, *words):
        return json.loads(self.order(*words))

    def kill(self):
        self.process.kill()
        self.process.wait()

    def end(self):
        self.process.stdin.close()
        self.process.wait(30)


def server(port=0):
    return Process(["-Xmx512m", "-XX:+UseSerialGC"], "io.lockkeeper.fleet.NeutralServer", port)


def port_of(service):
    return int(service.hello.split()[1])


def fleet(main, port, clients):
    return Process(["-Xmx1g", "-XX:MinHeapFreeRatio=5", "-XX:MaxHeapFreeRatio=15"], main, port, clients)


def open_files(clients):
    """(what it was, what it is): raised as far as it may be; None where that is not enough."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < clients + ROOM:
        return soft, None
    resource.setrlimit(resource.RLIMIT_NOFILE, (clients + ROOM if hard == resource.RLIM_INFINITY else hard, hard))
    return soft, resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def until(clients, holds, limit=45):
    """(the counts, seconds it took or None when it never held)"""
    began = time.monotonic()
    while time.monotonic() - began < limit:
        counts = clients.ask("counts")
        if holds(counts):
            return counts, time.monotonic() - began
        time.sleep(0.05)
    return counts, None


def truth(service, since=0):
    """Nanoseconds that each session was out by the server's own clock."""
    file = WORK / "truth"
    service.order("truth", file)
    return {session: int(nanos) - since for session, nanos in (line.split() for line in file.read_text().splitlines())}


def measured(clients):
    """(nanoseconds that each session was out as its client saw it, attempts per client)"""
    file = WORK / "outages"
    clients.order("outages", file)
    lines = [line.split() for line in file.read_text().splitlines()]
    return ({node: int(nanos) for node, nanos, _ in lines}, sum(int(tries) for *_, tries in lines) / max(1, len(lines)))


def errors(seen, true):
    return sorted(abs(seen[session] - true[session]) for session in seen.keys() & true.keys())


def at(values, percent):
    return values[min(len(values) - 1, int(len(values) * percent / 100))] if values else 0
