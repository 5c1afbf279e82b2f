"""The search over seeds, and what it must find: figures for docs/safety.md, which may not claim others."""
import re
import subprocess
import time

from product import JAVA, ROOT, SIMULATE, WORK, environment, last_line, row

SEEDS, ON_FILES, SECONDS = 10_000, 200, 120
MAIN_OF_SEARCH = "io.lockkeeper.search.SearchMain"


def search(*arguments, limit):
    java = [word for word in JAVA if not word.startswith("-XX:Tiered")]
    began = time.monotonic()
    done = subprocess.run(java + [MAIN_OF_SEARCH, *map(str, arguments)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          text=True, timeout=limit)
    return done.returncode, done.stdout, time.monotonic() - began


def rows():
    code, out, seconds = search(SEEDS, limit=300)
    row(f"1 {SEEDS} seeds in memory", code == 0 and seconds <= SECONDS, f"{last_line(out)}; {seconds:.0f} s with the start of Java, {SECONDS} allowed")
    code, out, seconds = search("--files", ON_FILES, limit=200)
    row(f"1 {ON_FILES} seeds on real files", code == 0, last_line(out))
    code, out, _ = search("--planted", limit=200)
    found = [line for line in out.splitlines() if "found at seed" in line]
    missed = [line for line in out.splitlines() if "NOT FOUND" in line]
    row("1 every planted mistake is found", code == 0 and len(found) >= 8 and not missed,
        f"{len(found)} of {len(found) + len(missed)}" + "".join(f"\n       {line[:150]}" for line in out.splitlines()))
    two_days()
    figures()


def two_days():
    """A rollout of 48 hours, told from its start to its end."""
    line = ["simulate", str(ROOT / "docs/examples/staged-rollout.yaml"), "--input", "version=v2", "--nodes", "4"]
    took = []
    for _ in range(5):
        began = time.monotonic()
        done = subprocess.run(SIMULATE[:1] + ["-Xmn96m"] + SIMULATE[1:] + line, env=environment(WORK), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, timeout=60)
        took.append(time.monotonic() - began)
    row("1 48 hours simulated", done.returncode == 0 and "after 48h" in done.stdout,  # how fast is told: how fast it can be depends on the machine
        f"{last_line(done.stdout)} {len(done.stdout.splitlines())} lines in {min(took):.2f} s, Java's start included")


def figures():
    """What docs/safety.md says of the search is what the search does."""
    text = (ROOT / "docs/safety.md").read_text()
    wanted = [f"{SEEDS:,} seeds", f"{ON_FILES} on real files"]
    missing = [words for words in wanted if words not in text]
    counts = re.findall(r"([\d,]+) kills in process", text)
    row("1 figures in docs/safety.md", not missing and counts, f"says {', '.join(wanted)}, {counts[0] if counts else 'no count of'} kills in process"
        + (f"; MISSING: {missing}" if missing else ""))
