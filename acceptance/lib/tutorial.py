"""The section "Your first runbook" of docs/runbooks.md, done as it stands there by somebody who has nothing else."""
import re
import subprocess

from product import MAIN, ROOT, WORK, Demo, environment, journal, last_line, lk, row

FOLDER = "~/.config/lockkeeper/runbooks/"


def section():
    text = (ROOT / "docs/runbooks.md").read_text().split("## Your first runbook\n", 1)[1].split("\n## ", 1)[0]
    written = re.search(r"Put this into `([^`]*)`.*?```yaml\n(.*?)```", text, re.S)
    lines = [line for block in re.findall(r"```sh\n(.*?)```", text, re.S) for line in block.splitlines()]
    return written[1].removeprefix(FOLDER), written[2], lines


def rows():
    name, text, lines = section()
    home = WORK / "tutorial"
    folder = home / "config/runbooks"
    folder.mkdir(parents=True)
    (folder / name).write_text(text)
    with Demo(home) as demo:
        before = {node["node"]: node for node in demo.ask("/v1/nodes")}
        done = [(line, *typed(line, home, folder)) for line in lines]
        after = {node["node"]: node for node in demo.ask("/v1/nodes")}
        whole, words = demo.clients()
    wanted = [1 if "--back-at" in line else 0 for line in lines]
    said = "".join(f"\n       {line} -> {code}: {last_line(out)[:110]}" for line, code, out in done)
    row("4 written from the documentation alone", [code for _, code, _ in done] == wanted, f"{name}, {len(text.splitlines())} lines;{said}")

    foretold = dict(reversed(part.split(" × ")) for part in
                    re.search(r"Orders: (.*?)\. People", next(out for line, _, out in done if "simulate" in line)).group(1).split(", "))
    dry = next(out for line, _, out in done if "--dry-run" in line)
    ids = [body["op"]["id"] for _, type_, body in journal(home, "demo") if type_ == "OpIntended"]
    ordered = [verb for verb in (one.split("/")[-2] for one in ids) if verb != "probe"]
    others = [node for node in after if node != "ws-2" and any(
        after[node].get(what) != before[node].get(what) for what in ("version", "instance", "admin", "startedAt"))]
    same = all(ordered.count(verb) == int(foretold.get(verb, 0)) and f"/v1/nodes/ws-2/{verb}" in dry for verb in ("drain", "restart", "enable"))
    row("4 simulated, dry-run and run are the same", same and whole and not others and "nothing is ordered" in dry,
        f"simulated {foretold}; the run ordered {', '.join(ordered)} of ws-2; {words}" + (f"; ALSO CHANGED: {others}" if others else ""))

    (folder / name).write_text(text.replace("signal: node.ready", "signal: node.redy"))
    code, out = lk(home, "lint", folder / name)
    row("4 a slip of the pen is named with its place", code == 2 and "node.redy" in out and re.search(r"yaml:\d+:\d+: error", out), last_line(out))


def typed(line, home, folder):
    """As in a shell, with the folder where it is here."""
    words = line.replace(FOLDER, f"{folder}/").split()
    target = None
    if ">" in words:
        target = words[words.index(">") + 1]
        words = words[:words.index(">")]
    assert words[0] == "lockkeeper", line
    ended = subprocess.run(MAIN + words[1:], env=environment(home), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                           stderr=subprocess.STDOUT, text=True, cwd=WORK, timeout=120)
    if target:
        with open(target, "w") as file:
            file.write(ended.stdout)
    return ended.returncode, ended.stdout
