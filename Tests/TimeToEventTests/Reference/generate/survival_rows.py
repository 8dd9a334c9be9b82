"""Rows of a table of values that papers, R, SAS, tern and lifelines print, for survival.json.

python3 survival_rows.py SURVIVAL.csv: the rows as they stand, each with its source and its own absolute
tolerance. Nothing is computed here.
"""
import csv
import json
import sys

rows = []
for row in csv.DictReader(open(sys.argv[1])):
    rows.append({
        "id": row["id"], "method": row["method"], "expected": json.loads(row["expected_json"]),
        "tolerance": float(row["tol"]), "kind": row["kind"], "source": row["source"]})
json.dump({
    "quantity": "values that papers and programs print of published survival data",
    "source": "generate/survival_rows.py; each row names its own",
    "relativeTolerance": 0, "rows": rows}, open("../survival.json", "w"), indent=0)
print(len(rows))
