#!/usr/bin/env python3
"""Copies the beta posteriors of golden.csv into beta-posteriors.json.

golden.csv holds values of R 4.2.2 (qbeta, pbeta, lbeta and the closed form of a mixture's
posterior) that SciPy 1.17.1 repeats, one a row.

Usage: beta_posteriors.py GOLDEN_CSV OUTPUT_FILE
"""
import csv
import json
import re
import sys


def main():
    rows = []
    with open(sys.argv[1], newline="") as file:
        for row in csv.reader(file):
            function, inputs, quantity, value, status = row[1:6]
            if not re.match("betabin_p|beta_post_ci|mixture_posterior", function):
                continue
            assert status in ("agree", "single"), status
            fields = dict(part.split("=", 1) for part in inputs.split(";"))
            prior = [[1, float(fields["a"]), float(fields["b"])]] if "a" in fields else [
                [float(x) for x in part]
                for part in re.findall(r"([.\d]+)\*Beta\((\d+),(\d+)\)", fields["prior"])]
            out = {"prior": prior, "x": int(fields["x"]), "n": int(fields["n"]),
                   "quantity": quantity, "value": float(value)}
            for key in ("p0", "m", "y"):
                if key in fields:
                    out[key] = float(fields[key])
            rows.append(out)
    with open(sys.argv[2], "w") as file:
        file.write("{\n \"quantity\": \"beta posteriors and beta-binomial probabilities\",\n")
        file.write(" \"relativeTolerance\": 1e-10,\n")
        file.write(" \"source\": \"generate/beta_posteriors.py; R 4.2.2, SciPy 1.17.1\",\n")
        file.write(" \"rows\": [\n  " + ",\n  ".join(json.dumps(row) for row in rows) + "\n ]\n}\n")


main()
