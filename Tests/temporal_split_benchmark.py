#!/usr/bin/env python3
"""Times the installed plugin as the daemon runs it: temporal_split_benchmark.py BUILD DATASET [PEER].

One process, asked three times over its pipe; each time it reads the data set, splits, tests and
answers with the whole result document. PEER is what Peers/temporal_split.py printed; fails where
the two do not agree to ten digits.
"""

import json
import math
import os
import subprocess
import sys
import time
import tomllib

here = os.path.dirname(os.path.abspath(__file__))


def parameters():
    """What the manifest declares, with its defaults."""
    with open(os.path.join(here, "..", "Plugins", "TemporalSplit", "plugin.toml"), "rb") as file:
        declared = tomllib.load(file)["analysis"][0]["parameter"]
    return {one["name"]: one["default"] for one in declared if "default" in one}


class Plugin:
    def __init__(self, path):
        self.process = subprocess.Popen([path], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.asked = 0
        self.ask("initialize", {"protocol": 1})

    def ask(self, method, members):
        self.asked += 1
        line = {"jsonrpc": "2.0", "id": self.asked, "method": method, "params": members}
        self.process.stdin.write((json.dumps(line) + "\n").encode())
        self.process.stdin.flush()
        while True:
            answer = json.loads(self.process.stdout.readline())
            if "error" in answer:
                sys.exit(f"refused: {answer['error']}")
            if "result" in answer:
                return answer["result"]

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def found(document):
    """In the order the peer prints."""
    estimates = {one["name"]: one for one in document["estimates"]}
    count = estimates["late-shrinking"]["count"]
    values = [count["total"], count["events"], *(test["pValue"] for test in document["tests"])]
    for name in ("late-change", "late-less-early"):
        one = estimates[name]
        values += [one["value"], one["interval"]["lower"], one["interval"]["upper"]]
    return values


def main(build, dataset, peer=None):
    plugin = Plugin(os.path.join(build, "TemporalSplit"))
    request = {
        "analysis": "temporal-split",
        "parameters": parameters(),
        "dataset": {"name": "trial", "hash": "", "path": dataset},
        "seed": "1",
    }
    best = math.inf
    for _ in range(3):
        begin = time.perf_counter()
        document = plugin.ask("run", request)
        best = min(best, time.perf_counter() - begin)
    plugin.close()
    print("Temporal split of 100,000 subjects by 8 visits, read, split and tested")
    print(f"  doublet, with guards, sensitivity and pictures    {best:.2f} s")
    if not peer:
        return
    tests, all_tests, *theirs = map(float, peer.split())
    for ours, other in zip(found(document), theirs, strict=True):
        if not math.isclose(ours, other, rel_tol=1e-10, abs_tol=1e-13):
            sys.exit(f"pandas and SciPy found {theirs}, not {found(document)}")
    for what, seconds in (
        ("pandas and SciPy, the same tests", all_tests),
        ("  without Hodges and Lehmann's", tests),
    ):
        print(f"  {what:<50}{seconds:.2f} s   {seconds / best:.1f} times doublet, all agree")


if __name__ == "__main__":
    main(*sys.argv[1:])
