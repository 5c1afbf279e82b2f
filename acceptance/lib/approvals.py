"""Approvals and control, tried by two people on two data folders. `rows()` prints a row per point; run alone: python3 approvals.py"""
import json
import pathlib
import sys
import threading
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from product import WORK, Demo, background, finish, last_line, line_with, lk, row, wait_for
from window import NotDone, Window

RUNBOOK = """lockkeeper: 1
id: {id}
title: {title}
wayBack: {{ runbook: rollback, with: {{ nodes: ws-2 }} }}
steps:
  - {{ id: sign, approval: "Take ws-2 out?", expires: {expires} }}
  - {{ id: drain, action: Take it out, do: drain, node: ws-2, deadline: 1s, stragglers: close }}
  - {{ id: back, action: Put it back, do: enable, node: ws-2 }}
"""
ARGUMENTS = ("--env", "yard", "--actor", "kim")


def folder(name):
    made = WORK / name
    made.mkdir()
    return made


class Yard(Demo):
    """The demo, reached through a file of our own with two people on its roster."""

    def __init__(self, name, more=""):
        super().__init__(folder(f"{name}-kim"))
        self.other = folder(f"{name}-ada")
        _, kim = lk(self.home, "key", "create", "kim")
        _, ada = lk(self.other, "key", "create", "ada")
        self.roster = [last_line(kim), last_line(ada)]
        demo = json.loads((self.home / "demo/demo.json").read_text())
        environments, runbooks = self.home / "config/environments", self.home / "config/runbooks"
        environments.mkdir(parents=True)
        runbooks.mkdir()
        token = environments / "token"
        token.touch(0o600)
        token.write_text(demo["token"] + "\n")
        nodes = "\n".join(f'  {node}: {{ values: {{ ws: "{at["ws"]}" }} }}' for node, at in demo["nodes"].items())
        (environments / "yard.yaml").write_text(f"""lockkeeper: 1
environment: demo
tier: sandbox
versions: [v1, v2]
nodes:
{nodes}
service: {{ url: "{demo['admin']}", feed: "{demo['feed']}", token: {{ file: token }}, balancer: front }}
probe: {{ url: "{{ws}}" }}
people:
{self.roster[0]}
{self.roster[1]}
{more}""")
        (runbooks / "two-keys.yaml").write_text(RUNBOOK.format(id="two-keys", title="Two keys", expires="1h"))
        (runbooks / "short.yaml").write_text(RUNBOOK.format(id="short", title="Short", expires="12s"))

    def start(self, runbook, name):
        log = WORK / f"{self.home.name}-{name}.log"
        process = background(self.home, log, "run", runbook, *ARGUMENTS, "--reason", "ticket 1", "--yes", "--stragglers", "close")
        if wait_for(log, "waits for an approval until", 20) is None:
            raise NotDone(f"{runbook} does not wait for an approval: {last_line(log.read_text())}")
        return log, process

    def request(self):
        """What kim sends to ada: a file on a computer where there is nothing else."""
        _, text = lk(self.home, "request", "--env", "yard")
        sent = self.other / "request.txt"
        sent.write_text(text)
        return sent

    def hand_in(self, line):
        return lk(self.home, "hand-in", *ARGUMENTS, *line.split())

    def orders(self):
        return len(self.ask("/v1/ops"))


def two_people():
    with Yard("signed") as yard:
        row("3 keys", all(line.startswith("  - { name: ") for line in yard.roster), "kim and ada made one each, on two data folders")
        log, process = yard.start("two-keys", "long")
        sent = yard.request()
        own, why = lk(yard.home, "approve", "--as", "kim", "--yes", sent)
        code, signed = lk(yard.other, "approve", "--as", "ada", "--yes", sent)
        line = last_line(signed)
        handed, refusal = yard.hand_in("kim " + line.split()[1])
        row("3 self-approval", (own, handed) == (2, 1) and "somebody else has to approve it" in why + refusal,
            f"not signed (exit {own}), not taken (exit {handed}): {last_line(refusal)}")
        altered = yard.other / "altered.txt"
        altered.write_text(sent.read_text().replace("step: sign", "step: sing"))
        _, other = lk(yard.other, "approve", "--as", "ada", "--yes", altered)
        handed, refusal = yard.hand_in(last_line(other))
        row("3 a signature of another step", handed == 1 and yard.orders() == 0,
            f"exit {handed}, {yard.orders()} orders sent: {last_line(refusal)}")
        handed, taken = yard.hand_in(line)
        ended = process.wait(60)
        row("3 request, sign elsewhere, paste", (code, handed, ended) == (0, 0, 0) and yard.orders() > 0,
            f"{line_with('taken', taken)}; the run ended with exit {ended}, {yard.orders()} orders sent")
        replayed(yard, line)


def replayed(yard, line):
    before = yard.orders()
    log, process = yard.start("short", "short")
    handed, refusal = yard.hand_in(line)
    row("3 replay", handed == 1 and "not ada's signature of this request" in refusal, f"exit {handed}: {last_line(refusal)}")
    _, signed = lk(yard.other, "approve", "--as", "ada", "--yes", yard.request())
    ended = process.wait(60)
    late, refusal = yard.hand_in(last_line(signed))
    text = log.read_text()
    row("3 expiry is closed", ended == 1 and late == 2 and "the request has expired" in text and yard.orders() == before,
        f"{line_with('timed out', text)}; the good signature came too late (exit {late}), no order was sent")
    lk(yard.home, "abort", *ARGUMENTS)
    _, verified = lk(yard.home, "journal", "verify", "--env", "yard")
    row("3 journal", verified.startswith("intact"), verified.splitlines()[0])


def control():
    with Yard("control", "control: required\n") as yard:
        code, refused = lk(yard.home, "run", "two-keys", *ARGUMENTS, "--yes")
        row("5 read-only", code == 2 and yard.orders() == 0 and "control take --env yard" in refused,
            f"exit {code}, {yard.orders()} orders sent: {last_line(refused)}")
        lk(yard.home, "control", "take", *ARGUMENTS, "--for", "20s", "--reason", "ticket 1")
        began = time.monotonic()
        _, status = lk(yard.home, "status", "yard", "--json")
        taken = json.loads(last_line(status))["control"]
        log, process = yard.start("two-keys", "guarded")
        _, signed = lk(yard.other, "approve", "--as", "ada", "--yes", yard.request())
        time.sleep(max(0.0, 20.5 - (time.monotonic() - began)))
        handed, _ = yard.hand_in(last_line(signed))
        blocked = wait_for(log, "nobody has control of demo: take control, and it goes on", 15)
        orders = yard.orders()
        row("5 control runs out", taken.get("actor") == "kim" and handed == 0 and blocked is not None and orders == 0,
            f"{taken.get('actor')} had it by `status`; {line_with('is blocked', log.read_text())}; {orders} orders sent")
        lk(yard.home, "control", "take", *ARGUMENTS)
        ended = process.wait(60)
        row("5 taken again", ended == 0 and yard.orders() > 0, f"it went on by itself, exit {ended}, {yard.orders()} orders sent")
        lk(yard.home, "control", "give-back", *ARGUMENTS)
        glass(yard)


def glass(yard):
    """Whoever sits at the window goes on without the approval."""
    lk(yard.home, "control", "take", "--env", "yard")
    with Window(yard.home, WORK, "approvals") as window:
        window.open("yard")
        window.start("two-keys", {}, guided=False)
        window.until("the request", lambda sight: sight.can("act-unverified.sign"), 20)
        window.look("request")
        window.press("act-unverified.sign")
        window.type("act-reason", "incident 42")
        window.press("sheet-confirm")
        window.until("the end", lambda sight: sight.ended() and sight.line("sign passed WITHOUT VERIFICATION"), 60)
        sight = window.see()
        window.look("ended")
        _, journal = lk(yard.home, "journal", "show", window.run, "--env", "yard")
        loud = [sight.line("WITHOUT VERIFICATION: sign by"), sight.line("sign passed WITHOUT VERIFICATION")]
        _, listed = lk(yard.home, "journal", "list", "--env", "yard")
        holds = None not in loud and "SKIPPED WITHOUT VERIFICATION by" in journal and "sign WITHOUT VERIFICATION by" in listed
        row("3 break-glass is loud", holds and "ended incomplete" in sight.ended(),
            f"headline: {loud[0]}; ended card: {loud[1]}; journal: {line_with('SKIPPED WITHOUT', journal)}; list: {last_line(listed).split(': ', 1)[-1]}")


def lane(what):
    try:
        what()
    except Exception as broken:
        row(what.__name__, False, f"stopped: {broken}")


def rows():
    lanes = [threading.Thread(target=lane, args=(what,)) for what in (two_people, control)]
    for one in lanes:
        one.start()
    for one in lanes:
        one.join()


if __name__ == "__main__":
    started = time.monotonic()
    rows()
    sys.exit(finish(started))
