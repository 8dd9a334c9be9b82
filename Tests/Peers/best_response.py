#!/usr/bin/env python3
"""The confirmed best overall response by pandas and plain Python: best_response.py INPUT OUTPUT.

An independent statement of the rules (28 days to confirm, one NE between, stable disease from day 42, cut at the first
PD), as a statistician would write it by hand. Writes subject,response and prints the best of three times.
Without pandas it says so and exits with 3.
"""

import sys
import time

try:
    import numpy as np
    import pandas as pd
except ImportError:
    print("pandas is not installed: skipped")
    sys.exit(3)

LABELS = ["CR", "PR", "SD", "NON-CR/NON-PD", "PD", "NE", "MISSING"]


def is_confirmed(codes, days, first):
    allowed = ("CR",) if codes[first] == "CR" else ("CR", "PR")
    not_evaluable, seen_complete = 0, False
    for later in range(first + 1, len(codes)):
        code = codes[later]
        if code == "NE":
            not_evaluable += 1
            if not_evaluable > 1:
                return False
            continue
        if code not in allowed or code == "PR" and seen_complete:
            return False
        seen_complete = seen_complete or code == "CR"
        if days[later] >= days[first] + 28:
            return True
    return False


def best(codes, days):
    rank = 7
    for index, code in enumerate(codes):
        if code == "CR" and is_confirmed(codes, days, index):
            return 1
        if code == "PR" and rank > 2 and is_confirmed(codes, days, index):
            rank = 2
        elif code in ("CR", "PR", "SD"):
            rank = min(rank, 3 if days[index] >= 42 else 6)
        elif code == "NON-CR/NON-PD":
            rank = min(rank, 4 if days[index] >= 42 else 6)
        else:
            rank = min(rank, 5 if code == "PD" else 6)
    return rank


def run(table):
    ordered = table.sort_values(["subject", "day"], kind="stable")
    progression = ordered[ordered.response == "PD"].groupby("subject")["day"].min()
    ordered = ordered[~(ordered["day"] > ordered.subject.map(progression).fillna(1 << 30))]
    codes, days, names = ordered.response.tolist(), ordered["day"].tolist(), ordered.subject.to_numpy()
    edges = np.flatnonzero(np.r_[True, names[1:] != names[:-1]]).tolist() + [len(names)]
    return {names[a]: LABELS[best(codes[a:b], days[a:b]) - 1] for a, b in zip(edges[:-1], edges[1:])}


def main(source, target):
    table = pd.read_csv(source, keep_default_na=False)
    times = []
    for _ in range(3):
        start = time.perf_counter()
        result = run(table)
        times.append(time.perf_counter() - start)
    with open(target, "w", encoding="utf-8") as file:
        file.writelines(f"{subject},{response}\n" for subject, response in result.items())
    print(min(times))


if __name__ == "__main__":
    main(*sys.argv[1:])
