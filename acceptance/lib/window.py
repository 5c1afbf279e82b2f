"""Somebody in front of the console's window: looks, presses with the mouse, types. Under Xvfb; every press has to be in sight."""
import json
import subprocess
import time

from product import JAVA, PICTURES, environment


class NotDone(Exception):
    pass


class Sight:
    def __init__(self, answer):
        self.controls = {control["id"]: control for control in answer["controls"]}
        self.texts = answer["texts"]

    def line(self, words):
        return next((text for text in self.texts if words in text), None)

    def can(self, control):
        return control in self.controls and self.controls[control]["enabled"]

    def ended(self):
        return self.line("The run ended")


class Window:
    """The product's own window, started as a user starts it.

    folder: where it is started; environments and runbooks are found from there."""

    def __init__(self, home, folder, name, *arguments, size="1280x800"):
        self.name = name
        self.run = ""
        self.log = open(home.parent / f"window-{name}.log", "w")
        command = ["xvfb-run", "-a", "-s", f"-screen 0 {size}x24"] + JAVA + [
            "-Dprism.order=sw", "io.lockkeeper.ui.drive.WindowProcess", "window", *arguments]
        self.began = time.monotonic()
        self.process = subprocess.Popen(command, env=environment(home), cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=self.log, text=True)
        while not self.see().controls:
            if time.monotonic() - self.began > 30:
                raise NotDone("the window did not open")
            time.sleep(0.1)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self._ask("close")
            if self.see().can("sheet-confirm"):  # a run is still open
                self._ask("press", "sheet-confirm")
        except (OSError, ValueError):
            pass  # it has gone already
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.log.close()

    def _ask(self, *words):
        self.process.stdin.write("\t".join(words) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def _do(self, *words):
        answer = self._ask(*words)
        if not answer["done"]:
            self.look("stuck")
            raise NotDone(f"{' '.join(words)}: {answer['why']}")

    def see(self):
        return Sight(self._ask("see"))

    def press(self, control):
        self._do("press", control)

    def point(self, text):
        self._do("point", text)

    def size(self, width, height):
        self._do("size", str(width), str(height))

    def type(self, control, text):
        self._do("type", control, text)

    def choose(self, control, text):
        self._do("choose", control, text)

    def key(self, combination):
        self._do("key", combination)

    def look(self, name):
        """Keeps what is on the screen now, for people."""
        self._ask("look", str(PICTURES / f"{self.name}-{name}.png"))

    def until(self, what, holds, limit=60):
        """Seconds until what is seen holds."""
        began = time.monotonic()
        while time.monotonic() - began < limit:
            if holds(self.see()):
                return round(time.monotonic() - began, 1)
            time.sleep(0.1)
        self.look("stuck")
        raise NotDone(f"{what}: not seen within {limit} s")

    def until_text(self, words, limit=60):
        return self.until(words, lambda sight: sight.line(words), limit)

    def open(self, name):
        self.press(f"open-{name}")
        self.until(f"{name} is open", lambda sight: "place-Fleet" in sight.controls, 30)

    def run_shown(self):
        """The run that the window would show, an older one included, which it does not have to have started."""
        self.press("place-Run")
        headline = self.see().line(", started by ")
        self.press("place-Runbooks")
        return headline.split(",")[0] if headline else ""

    def start(self, runbook, inputs, guided=True):
        """Asks for a run on its sheet: values of choices are chosen from their lists, all others typed."""
        shown = self.run_shown()
        self.until(f"{runbook} can be started", lambda sight: sight.can(f"start.{runbook}"), 30)
        self.press(f"start.{runbook}")
        self.until("the sheet", lambda sight: {"start-run", "guided"} <= sight.controls.keys(), 10)
        for name, value in inputs.items():
            if name in ("node", "version"):
                self.choose(f"input-{name}", value)
            else:
                self.type(f"input-{name}", value)
        if self.see().controls["guided"]["on"] != guided:
            self.press("guided")
        self.type("reason", "acceptance")
        self.until("everything is in order", lambda sight: sight.can("start-run"), 10)
        self.look(f"{runbook}-sheet")
        self.press("start-run")

        def opened(sight):
            headline = sight.line(", started by ")
            return "start-run" not in sight.controls and headline and headline.split(",")[0] != shown
        self.until("the run is open", opened, 15)
        self.run = self.see().line(", started by ").split(",")[0]

    def walk(self, stop=None, limit=150, pictures=()):
        """Does what the window asks for until the run ended or `stop` holds: ticks, go with its sheet, closing what stays.

        pictures: (words, name) of moments to keep"""
        began = time.monotonic()
        left = list(pictures)
        while time.monotonic() - began < limit:
            sight = self.see()
            for moment in [one for one in left if sight.line(one[0])]:
                self.look(moment[1])
                left.remove(moment)
            if (stop and stop(sight)) or sight.ended():
                return sight
            ticks = [control for control in sight.controls.values()
                     if control["id"].startswith("tick-") and control["enabled"] and not control["on"]]
            try:
                if sight.can("sheet-confirm"):
                    self.press("sheet-confirm")
                elif ticks:
                    item = ticks[0]["id"].removeprefix("tick-")
                    if sight.can(f"value-{item}"):
                        self.type(f"value-{item}", "CHG-4711")
                    self.press(f"tick-{item}")
                elif sight.can("wait-longer"):
                    self.press("close-sessions")
                elif sight.can("primary"):
                    self.press("primary")
                else:
                    time.sleep(0.2)
            except NotDone:
                if time.monotonic() - began > limit - 10:
                    raise
        self.look("stuck")
        raise NotDone(f"the run did not come to an end in {limit} s; on the screen: {self.see().texts}")

    def roll_back(self, reason, limit=150):
        """The way back with one sheet."""
        self.press("act-run.rollback")
        self.until("the sheet of the way back", lambda sight: "sheet-confirm" in sight.controls, 10)
        self.type("act-reason", reason)
        self.look("way-back-sheet")
        self.press("sheet-confirm")
        return self.walk(limit=limit)
