"""Rows of a table of published and recomputed values, for golden.json.

python3 published.py GOLDEN.csv: values R, lifelines, statsmodels and others agree on, or that one of
them has. Rows by other programs' conventions are left out where the table says so.
"""
import csv
import json
import sys

rows = []
for row in csv.DictReader(open(sys.argv[1])):
    if row["topic"] != "survival":
        continue
    inputs = dict(part.split("=", 1) for part in row["inputs"].split(";"))
    rows.append({
        "function": row["function"], "inputs": inputs, "quantity": row["quantity"],
        "expected": None if row["expected"] == "NA" else float(row["expected"]),
        "source": f'{row["source"]}, {row["version"]}', "status": row["status"]})
json.dump({
    "quantity": "survival curves, quantiles, restricted means, log-rank tests and Cox models",
    "source": "generate/published.py; each row names its own", "relativeTolerance": 1e-10,
    "rows": rows}, open("../golden.json", "w"), indent=0)
print(len(rows), {r["status"] for r in rows})
