"""The Worcester Heart Attack Study as CAMIS analyzes it, for whas500.json.

python3 whas500.py WHAS500.csv: 500 subjects of Hosmer DW, Lemeshow S, May S (2008), Applied Survival
Analysis, 2nd ed., as the University of Massachusetts and UCLA distribute them for teaching, with columns
lenfol, fstat, afb and gender. CAMIS rounds days to hundredths of a year, which ties some of them.
"""
import csv
import json
import sys
from decimal import ROUND_HALF_EVEN, Decimal

rows = list(csv.DictReader(open(sys.argv[1])))
years = [float((Decimal(row["lenfol"]) / Decimal("365.25")).quantize(Decimal("0.01"), ROUND_HALF_EVEN))
         for row in rows]
json.dump({
    "source": "generate/whas500.py",
    "samples": {"whas500": {
        "time": years, "status": [int(row["fstat"]) for row in rows],
        # 0, without atrial fibrillation, against 1.
        "without": [1 - int(row["afb"]) for row in rows],
        "gender": [int(row["gender"]) for row in rows]}}},
    open("../whas500.json", "w"), separators=(",", ":"))
print(len(rows))
