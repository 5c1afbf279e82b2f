"""What a tap in front of the balancer and the logs of the nodes say happened, without a word of the product."""
import base64
import json

from product import at

POLITE = (1000, 1001, 1012, 1013)
DEADLINE = 30


class Connection:
    """From a client's connect to the first sign of its end, whoever gave it."""

    def __init__(self, began):
        self.began = began
        self.fleet = self.client = self.asked = self.session = self.kind = self.node = None
        self.status = self.first = self.ended = self.way = self.heard = None
        self.code = 1006

    def end(self, when, way, code=1006):
        if self.ended is None:
            self.ended, self.way, self.code = when, way, code

    def take(self, when, side, what, detail):
        if side == "client" and what == "head":
            request, *lines = detail.split("\r\n")
            name = next(line for line in lines if line.lower().startswith("lockkeeper-client:")).split(":")[1].split()
            self.fleet, self.client = name
            if "resume=" in request:
                token = request.split("resume=")[1].split("&")[0].split(" ")[0].split(".")[0]
                self.asked = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode().split("|")[0]
        elif side == "service" and what == "head":
            self.status = int(detail.split(" ")[1])
            if self.status != 101:
                self.end(when, "STATUS", self.status)
        elif side == "service" and what == "text" and self.ended is None:  # else the client has given up already
            said = json.loads(detail)
            self.first, self.session, self.kind, self.node = when, said["session"], said["kind"], said["node"]
        elif what == "close":
            self.end(when, "CLOSED" if side == "service" else "ON_PURPOSE", detail if side == "service" else 1006)
        elif what in ("end", "reset", "refused"):
            self.end(when, "CUT" if side == "service" else "SILENT" if self.first else "TIMEOUT")

    def failure(self):
        return {"STATUS": ("STATUS", self.code), "CUT": ("CUT", 0), "TIMEOUT": ("TIMEOUT", 0)}.get(self.way, (self.way, self.code))


class Tap:
    def __init__(self, file):
        connections, self.doors = {}, []
        for line in file.read_text().splitlines():
            try:
                one = json.loads(line)
            except ValueError:
                continue  # it is being written
            when = at(one["at"])
            if one["side"] == "door":
                self.doors.append((when, one["what"] == "open"))
                continue
            number = one["connection"]
            connections.setdefault(number, Connection(when)).take(when, one["side"], one["what"], one["detail"])
            if one["side"] == "service" and one["what"] in ("end", "reset"):
                connections[number].heard = at(one["detail"])
        self.connections = [one for one in connections.values() if one.client]
        self.unnamed = [one.began for one in connections.values() if not one.client]  # cut before they could say whose they were

    def of(self, fleet):
        """The connections of each client, in order."""
        clients = {}
        for one in sorted((one for one in self.connections if one.fleet == fleet), key=lambda one: one.began):
            clients.setdefault(one.client, []).append(one)
        return clients

    def connected(self, fleet):
        """The node on which each client is now."""
        return {one.client: one.node for one in self.connections if one.fleet == fleet and one.first and one.ended is None}

    def shut(self, since, until):
        """Whether the balancer did not listen all that time."""
        state = True
        for when, is_open in self.doors:
            if when <= since:
                state = is_open
            elif when < until and is_open != state:
                return False
        return not state


class Episode:
    """From the end of a connection that had a session to the next session of its client."""

    def __init__(self, lost, failed, back):
        self.client, self.lost, self.failed, self.back = lost.client, lost, failed, back

    def ended(self):
        return self.back.first if self.back else float("inf")

    def deadline(self):
        return self.lost.ended + DEADLINE


def episodes(clients):
    """Of each client; the last connection of one that left ends with a goodbye and is none."""
    found = []
    for connections in clients.values():
        lost, failed = None, []
        for one in connections:
            if one.first:
                if lost:
                    found.append(Episode(lost, failed, one))
                lost, failed = (one, []) if one.ended else (None, [])
            else:
                failed.append(one)
        if lost and not (lost.way == "ON_PURPOSE" and not failed):
            found.append(Episode(lost, failed, None))
    return sorted(found, key=lambda one: one.lost.ended)


def sessions(folder):
    """What the nodes themselves wrote: (when, kind, session, code, node), by session."""
    lines = []
    for file in sorted(folder.glob("*.sessions")):
        for line in file.read_text().splitlines():
            one = json.loads(line)
            lines.append((at(one["at"]), one["type"], one["session"], one["code"], one["node"]))
    return sorted(lines)


class Triggers:
    """When each trigger must fire, by the tap alone. Written from docs/signals.md, not from the product's code.

    handoff: (from, until, node) of the work of runs; acknowledged: (when, trigger)"""

    def __init__(self, tap, fleet, grid, until, handoff, acknowledged, holds):
        self.tap, self.found = tap, [one for one in episodes(tap.of(fleet)) if one.lost.way != "ON_PURPOSE"]
        self.grid = [grid + 10 * i for i in range(int((until - grid) / 10) + 1)]
        self.handoff, self.acknowledged, self.holds = handoff, acknowledged, holds

    def attempts(self, one):
        """(when it was over, whether it gave a session). Where nobody listened the tap hears of none, and each was refused: as often as
        waits of any length up to 250 ms, doubled up to 5 s, give it on average."""
        tried = [(other.ended, False) for other in one.failed if other.ended]
        last, most = one.lost.ended, 0.25
        while last + most / 2 < min(one.ended(), self.grid[-1]):
            if self.tap.shut(last, last + most / 2):
                tried.append((last + most / 2, False))
            last, most = last + most / 2, min(2 * most, 5)
        return tried + ([(one.back.first, True)] if one.back else [])

    def shares(self, now, window):
        """Success by client and by attempt, in percent; None without data."""
        good = bad = came = missed = 0
        for one in self.found:
            if one.lost.ended > now:
                continue
            late = one.ended() > one.deadline()
            if not late and now - window < one.ended() <= now:
                good += 1
            elif late and one.deadline() <= now and (one.ended() > now or one.deadline() > now - window):
                bad += 1
            for when, is_good in self.attempts(one):
                if now - window < when <= now:
                    came, missed = came + is_good, missed + (not is_good)
        return [100 * yes / (yes + no) if yes + no else None for yes, no in ((good, bad), (came, missed))]

    def acked(self, name, since, now):
        return any(trigger == name and since < when <= now for when, trigger in self.acknowledged)

    def success(self, name, percent, window, holds):
        fired, clocks, noted, latched, before = [], [None, None], False, False, 0
        silent = [0, 0]
        for now in self.grid:
            if latched and self.acked(name, before, now):
                latched, clocks, noted = False, [None, None], True
            before = now
            if latched:
                continue
            shares = self.shares(now, window)
            for i, share in enumerate(shares):
                if share is None:
                    silent[i] += 10
                    clocks[i] = None if silent[i] > 60 else clocks[i]
                elif share < percent:
                    if clocks[i] is None:
                        clocks[i], silent[i] = 0, 0
                    else:
                        clocks[i] += 10
                else:
                    clocks[i], silent[i] = None, 0
            noted = noted and (shares == [None, None] or any(clock is not None for clock in clocks))
            ripe = any(clock is not None and clock >= holds and share is not None for clock, share in zip(clocks, shares))
            if ripe and not (noted and holds == 0):
                fired.append((name, now))
                latched = True
        return fired

    def abnormal(self, one):
        planned = any(since <= one.lost.ended <= until and node == one.lost.node for since, until, node in self.handoff)
        return not planned and not (one.lost.way == "CLOSED" and one.lost.code in POLITE)

    def in_a_row(self, name):
        fired, since, latched, before = [], 0, False, 0
        for now in self.grid:
            acks = [when for when, trigger in self.acknowledged if trigger == name and before < when <= now]
            if latched and acks:
                latched, since = False, acks[-1]
            before = now
            if latched:
                continue
            settled = []
            for one in filter(self.abnormal, self.found):
                if one.ended() <= one.deadline():
                    settled.append((one.ended(), True, one.client))
                when = one.deadline()
                while when <= now and when < one.ended():
                    settled.append((when, False, one.client))
                    when += DEADLINE
            row = []
            for when, good, client in sorted(settled):
                if since < when <= now:
                    row = [] if good else row + [client]
                    if len(row) > 3 and len(set(row)) >= 2:
                        fired.append((name, now))
                        latched = True
                        break
        return fired

    def losses(self, name):
        fired, settled, latched, before, seen = [], set(), False, 0, set()
        for now in self.grid:
            if latched and self.acked(name, before, now):
                latched, settled = False, settled | seen
            before = now
            known = {one.back for one in self.found if one.back and one.back.kind == "lost" and one.back.first <= now}
            seen = known
            if not latched and known - settled:
                fired.append((name, now))
                latched = True
        return fired

    def must_fire(self):
        fired = self.success("success-rate", 80, 60, self.holds) + self.in_a_row("emergency-failures") + self.losses("data-loss")
        fired += self.success("failure-warning", 95, 300, 0) + self.success("success-alert", 90, 300, 0)
        fired += self.success("success-critical", 80, 60, 0)
        return sorted(fired, key=lambda one: one[::-1])
