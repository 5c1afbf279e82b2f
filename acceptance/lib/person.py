"""Somebody at a terminal of their own, who answers what the product asks there."""
import os
import pty
import subprocess
import threading

from product import MAIN, WORK, environment

USUAL = [("[r]etry", "r"), ("[c]lose", "c"), ("[y]es", "y")]


class Person:
    """Starts the product on a terminal. Questions are answered by the first words of `answers` that they contain, then as usual, then with
    a word; a question whose answer is None is left open."""

    def __init__(self, home, log, answers, *arguments):
        self.ours, theirs = pty.openpty()
        self.answers = answers + USUAL
        self.log = open(log, "ab")
        self.process = subprocess.Popen(MAIN + [str(a) for a in arguments], env=environment(home) | {"TERM": "dumb"}, cwd=WORK,
                                        stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True)
        os.close(theirs)
        threading.Thread(target=self.sit, daemon=True).start()

    def sit(self):
        said = ""
        while True:
            try:
                news = os.read(self.ours, 4096)
            except OSError:  # the other end is closed
                news = b""
            if not news:
                break
            self.log.write(news)
            self.log.flush()
            said += news.decode(errors="replace")
            question = said.rsplit("\n", 1)[-1]
            if question.endswith("[d]etach: "):
                said = ""
                answer = next((answer for words, answer in self.answers if words in question), "as seen")
                if answer is not None:
                    os.write(self.ours, answer.encode() + b"\n")
        self.log.close()
        os.close(self.ours)
