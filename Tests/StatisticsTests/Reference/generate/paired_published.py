#!/usr/bin/env python3
"""Copies published and peer values for paired data into paired-published.json.

The input folder holds golden.csv (signed rank rows) and two_sample_ci.csv (paired rows); a blank
tolerance means relative 1e-10 for the first, the digits printed for the second. The rest are
printed examples, each with its source; their tolerance is half a unit of the last digit.

Usage: paired_published.py INPUT_FOLDER OUTPUT_FOLDER
"""
import csv
import json
import sys

SOURCE, FOLDER = sys.argv[1:3]
DEPRESSION = [
    round(y - x, 3) for x, y in zip(
        [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30],
        [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29])]
HOLLANDER = "Hollander & Wolfe 1973, tables 3.1 and 3.2: change of the Hamilton depression factor"
FAGERLAND = "Fagerland, Lydersen & Laake 2013, airway hyper-responsiveness before and after SCT"


def lines(name):
    with open(f"{SOURCE}/{name}.csv", newline="") as file:
        return list(csv.DictReader(file))


def signed_rank():
    for row in lines("golden"):
        if not row["function"].startswith("signed_rank"):
            continue
        inputs = dict(part.split("=", 1) for part in row["inputs"].split(";"))
        yield {"source": f"{row['source']} ({row['version']})", "quantity": row["quantity"],
               "differences": [float(x) for x in inputs["x"].split()],
               "alternative": inputs["alternative"].replace(".", "-"),
               "expected": float(row["expected"])}


def paired_intervals():
    names = {"paired tango score": "tango", "paired newcombe method 8": "newcombe-paired-8",
             "paired newcombe method 10": "newcombe-paired"}
    for row in lines("two_sample_ci"):
        if not row["method"].startswith("paired"):
            continue
        i, e = json.loads(row["inputs_json"]), json.loads(row["expected_json"])
        if row["method"] not in names:
            yield {"source": row["source"], "quantity": row["method"],
                   "leftOut": "an interval for the odds ratio of pairs is not offered"}
            continue
        for end in ("lower", "upper"):
            yield {"source": row["source"], "quantity": end, "method": names[row["method"]],
                   "table": [i["a"], i["b"], i["c"], i["d"]], "level": i["conf"],
                   "expected": e[end], "tolerance": float(row["tol"])}


def printed():
    for quantity, alternative, expected, tolerance in [
            ("p", "less", 0.0195, 5e-5), ("hodges_lehmann", "two-sided", -0.46, 5e-3),
            ("lower", "two-sided", -0.786, 5e-4), ("upper", "two-sided", -0.010, 5e-4),
            ("attained", "two-sided", 0.961, 5e-4)]:
        yield {"source": HOLLANDER, "quantity": quantity, "differences": DEPRESSION,
               "alternative": alternative, "expected": expected, "tolerance": tolerance}
    for method, expected in [("exact", 0.070), ("mid-p", 0.039), ("asymptotic", 0.034),
                             ("asymptotic-cc", 0.077)]:
        yield {"source": FAGERLAND, "quantity": "p", "method": method, "table": [1, 1, 7, 12],
               "alternative": "two-sided", "expected": expected, "tolerance": 5e-4}
    for method, expected in [("asymptotic-cc", 16.818), ("asymptotic", 17.356)]:
        yield {"source": "R 4.2.2 mcnemar.test on the approval table of its help (Agresti 1990)",
               "quantity": "statistic", "method": method, "table": [794, 150, 86, 570],
               "alternative": "two-sided", "expected": expected, "tolerance": 5e-4}


rows = [*signed_rank(), *paired_intervals(), *printed()]
with open(f"{FOLDER}/paired-published.json", "w") as file:
    head = json.dumps({"quantity": "values printed in papers or by R",
                       "source": "generate/paired_published.py; each row names its own",
                       "relativeTolerance": 1e-10})
    file.write(head[:-1] + ', "rows": [\n' + ",\n".join("  " + json.dumps(r) for r in rows)
               + "\n]}\n")
