#!/usr/bin/env python3
"""Checks a Lockkeeper journal without Lockkeeper: verify_journal.py JOURNAL [ANCHORS]. Needs nothing but Python 3."""
import hashlib
import json
import re
import sys


def sha(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def main(journal, anchors=None):
    known = {}
    if anchors:
        for line in open(anchors, encoding="utf-8"):
            anchor = re.fullmatch(r'{"seq":(\d+),"hash":"([0-9a-f]{64})","at":"[^"]*"}', line.strip())
            if anchor:  # else torn: its writer was killed
                known[int(anchor[1])] = anchor[2]
    previous, count = "0" * 64, 0
    for raw in open(journal, "rb").read().decode("utf-8").split("\n")[:-1]:
        match = re.fullmatch(r'(.*),"hash":"([0-9a-f]{64})"}', raw, re.S)
        entry = json.loads(raw) if match else {}
        if not match or entry.get("seq") != count + 1 or sha(previous + sha(match[1] + "}")) != match[2]:
            sys.exit(f"altered at line {count + 1}")
        count, previous = count + 1, match[2]
        if known.get(count, previous) != previous:
            sys.exit(f"altered: the anchor of entry {count} has another hash")
    if max(known, default=0) > count:
        sys.exit(f"cut: {count} entries, an anchor knows entry {max(known)}")
    print(f"intact: {count} entries, {len(known)} anchors met, head {previous}")


main(*sys.argv[1:])
