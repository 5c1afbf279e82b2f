"""Starts the product and what it is tried on, from outside, and prints a row per point."""
import contextlib
import datetime
import fcntl
import json
import os
import pathlib
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
WORK = pathlib.Path(tempfile.mkdtemp(prefix="acceptance-"))
PICTURES = ROOT / "target/acceptance"
ROWS = []
PRINTING = threading.Lock()


def prepare():
    """Compiles once and returns the command that starts a class of the product or of its tests."""
    compiled = ROOT / "target/acceptance.compiled"
    newer = ["find", "src", "runbooks", "pom.xml", ".mvn", "-newer", compiled, "-print", "-quit"]  # a file that is gone makes its folder newer
    if not compiled.exists() or subprocess.run(newer, cwd=ROOT, capture_output=True, text=True, check=True).stdout:
        began = time.time()
        subprocess.run(["mvn", "-B", "-q", "-ntp", "test-compile", "dependency:build-classpath",
                        "-Dmdep.outputFile=target/test.classpath", "-Dmdep.includeScope=test"], cwd=ROOT, check=True)
        compiled.touch()
        os.utime(compiled, (began, began))  # what changed while it was compiled is newer
    home = subprocess.run([ROOT / "bin/jdk-home"], capture_output=True, text=True, check=True).stdout.strip()
    path = f"{ROOT}/target/test-classes:{ROOT}/target/classes:" + (ROOT / "target/test.classpath").read_text().strip()
    return [f"{home}/bin/java", "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-cp", path]


@contextlib.contextmanager
def alone():
    """Two acceptance tests may be started at once; one builds, the other waits for it."""
    (ROOT / "target").mkdir(exist_ok=True)
    with open(ROOT / "target/acceptance.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


with alone():
    JAVA = prepare()


def program():
    """The commands that start the product as bin/lockkeeper does, from a jar and a cache of loaded classes made once per build: one
    for runs and whatever else contacts a service, one for simulations."""
    built = ROOT / "target/acceptance-build"
    jar, caches = built / "lockkeeper.jar", [built / "run.aot", built / "simulate.aot"]
    path = ["-cp", f"{jar}:" + JAVA[-1].split(":", 2)[2], "io.lockkeeper.main.Lockkeeper"]
    options = JAVA[:-2] + ["-XX:+UseSerialGC"]
    newest = max(file.stat().st_mtime for file in (ROOT / "target/classes").rglob("*"))
    if not all(cache.exists() and cache.stat().st_mtime >= newest for cache in caches):
        shutil.rmtree(built, ignore_errors=True)
        built.mkdir(parents=True)
        subprocess.run([pathlib.Path(JAVA[0]).parent / "jar", "--create", "--no-compress", "--file", jar, "-C", ROOT / "target/classes",
                        "."], check=True)
        train([options + [f"-XX:AOTCacheOutput={cache}"] + path for cache in caches])
    return [options + [f"-XX:AOTCache={cache}", "-Xlog:aot=off", "-Xlog:cds=off"] + path for cache in caches]


def train(commands):
    """What these runs load, the next ones find ready."""
    home = WORK / "training"
    home.mkdir()
    with Demo(home):
        lines = [["run", "drain-node", "--env", "demo", "--input", "node=ws-1", "--input", "deadline=1s", "--yes", "--stragglers", "close"],
                 ["simulate", "drain-node", "--input", "node=ws-1"]]
        started = [subprocess.Popen(command + line, env=environment(home), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                    stderr=subprocess.DEVNULL) for command, line in zip(commands, lines)]
        if any([one.wait(120) for one in started]):
            raise SystemExit("the product ended with an error when its caches were made")


def environment(home):
    variables = dict(os.environ, LOCKKEEPER_HOME=str(home), LOCKKEEPER_DEMO_WATCH="no")  # who is counted is the service's own
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        variables.pop(name, None)
    return variables


def lk(home, *arguments, timeout=240):
    """One command line to its end: (exit code, everything it printed)."""
    done = subprocess.run(MAIN + [str(a) for a in arguments], env=environment(home), stdin=subprocess.DEVNULL, timeout=timeout,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=WORK)
    return done.returncode, done.stdout


def background(home, log, *arguments):
    return subprocess.Popen(MAIN + [str(a) for a in arguments], env=environment(home), stdin=subprocess.DEVNULL,
                            stdout=open(log, "a"), stderr=subprocess.STDOUT, cwd=WORK)


def row(point, holds, evidence):
    with PRINTING:
        ROWS.append(bool(holds))
        print(f"{'ok  ' if holds else 'FAIL'} {point}: {evidence}", flush=True)


def shown_elsewhere(point, where):
    with PRINTING:
        print(f"--   {point}: {where}", flush=True)


def last_line(text):
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "(nothing printed)"


def line_with(words, text):
    return next((line.strip() for line in text.splitlines() if words in line), last_line(text))


def wait_for(log, words, limit=60):
    """Seconds until the words stand in the file, None when they never did."""
    began = time.monotonic()
    while time.monotonic() - began < limit:
        if log.exists() and words in log.read_text():
            return round(time.monotonic() - began, 1)
        time.sleep(0.1)
    return None


class Demo:
    """The demo service, in its own process."""

    def __init__(self, home):
        self.home = home
        (home / "demo").mkdir(parents=True, exist_ok=True)
        self.process = subprocess.Popen(JAVA + ["-XX:+UseSerialGC", "-Xmx160m", "io.lockkeeper.demo.DemoService", "--data", str(home / "demo")],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 60
        while not (home / "demo/demo.json").exists():
            if self.process.poll() is not None or time.monotonic() > end:
                self.process.kill()
                raise RuntimeError("the demo did not start")
            time.sleep(0.05)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(10)

    def ask(self, path):
        demo = json.loads((self.home / "demo/demo.json").read_text())
        request = urllib.request.Request(demo["admin"] + path, headers={"Authorization": "Bearer " + demo["token"]})
        return json.loads(urllib.request.urlopen(request, timeout=5).read())

    def order(self, path, body, op=None):
        demo = json.loads((self.home / "demo/demo.json").read_text())
        headers = {"Authorization": "Bearer " + demo["token"]}
        if op:
            headers |= {"Lockkeeper-Op": op, "Lockkeeper-Actor": "acceptance"}
        request = urllib.request.Request(demo["admin"] + path, data=json.dumps(body).encode() if body else b"", headers=headers)
        return json.loads(urllib.request.urlopen(request, timeout=5).read())

    def versions(self):
        return {node["node"]: node["version"] for node in self.ask("/v1/nodes")}

    def clients(self):
        """(whether nobody lost anything, in words)"""
        counts = self.ask("/v1/clients")
        whole = counts["connected"] == counts["clients"] and counts["lostMessages"] == 0 and counts["duplicatedMessages"] == 0
        return whole, (f"{counts['connected']} of {counts['clients']} clients connected, {counts['lostMessages']} messages lost, "
                       f"{counts['duplicatedMessages']} twice")


HANDED_OUT = set()


def free_port():
    """Below the range that the system numbers outgoing connections from, so that none of them can take it meanwhile, and above the ports that
    nodes, balancers and the demo are given."""
    while True:
        port = random.randrange(32_000, 32_768)
        with socket.socket() as one:
            try:
                one.bind(("127.0.0.1", port))
            except OSError:
                continue
        with PRINTING:
            if port not in HANDED_OUT:
                HANDED_OUT.add(port)
                return port


class Relay:
    """A way to a port that can go silent as a network does: what is sent is neither answered nor refused."""

    def __init__(self, port, target):
        self.process = subprocess.Popen(["socat", f"TCP-LISTEN:{port},bind=127.0.0.1,reuseaddr,fork", f"TCP:127.0.0.1:{target}"],
                                        start_new_session=True, stderr=subprocess.DEVNULL)

    def silent(self):
        os.killpg(self.process.pid, signal.SIGSTOP)

    def speak(self):
        os.killpg(self.process.pid, signal.SIGCONT)

    def close(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Lab:
    """A real HAProxy and supervisord with three nodes and twelve clients, in a process of its own."""
    MAIN = "io.lockkeeper.lab.LabProcess"

    def __init__(self, folder, *options):
        log = WORK / f"{folder.name}.log"
        self.process = subprocess.Popen(JAVA + [self.MAIN, str(folder), *options], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=open(log, "w"), text=True)
        words = self.process.stdout.readline().split()
        if not words:
            said = [last_line(file.read_text()) for file in sorted(folder.glob("*.log"))] if folder.exists() else []
            raise RuntimeError(f"the lab did not start: {line_with('xception', log.read_text())[:500]}; its logs: {' | '.join(said)}")
        self.file, self.ports = pathlib.Path(words[1]), words[2:]
        if len(self.ports) == 3:
            self.admin, self.read_only, self.master = self.ports

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(40)

    def ask(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def clients(self):
        words = self.ask("clients")
        return words == "12 connected, 0 messages lost, 0 repeated, 0 sessions lost", words


class FaultyLab(Lab):
    """The same, reached through wires that can lose, delay and garble; what is true is read past them."""

    def __init__(self, folder, stop_wait):
        super().__init__(folder, str(stop_wait))

    def asked(self, wire, words):
        return int(self.ask(f"asked {wire} {words}"))

    def drained(self, node):
        return self.ask(f"drained {node}") == "true"

    def version(self, node):
        """What the node itself says; empty when it does not answer."""
        said = self.ask(f"says {node}")
        return json.loads(said)["app"]["version"] if said else ""


def at(text):
    """A time as the journal writes it, in seconds since 1970."""
    return datetime.datetime.fromisoformat(text).timestamp()


def journal(home, environment):
    """The events of the newest run of an environment, oldest first, each as (seconds since 1970, type, body)."""
    lines = [json.loads(line) for line in (home / f"journals/{environment}/journal.jsonl").read_text().splitlines()]
    newest = [line["run"] for line in lines if line["type"] == "RunStarted"][-1]
    return [(at(line["body"]["at"]), line["type"], line["body"]) for line in lines
            if line.get("run") == newest]


with alone():
    MAIN, SIMULATE = program()


def finish(began):
    shutil.rmtree(WORK, ignore_errors=True)
    print(f"{ROWS.count(True)} passed, {ROWS.count(False)} failed in {time.monotonic() - began:.0f} s")
    return 0 if ROWS and all(ROWS) else 1
