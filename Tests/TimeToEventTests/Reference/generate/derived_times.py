"""Courses of patients of the CDISC pilot and the times admiralonco derived from them.

Usage: python3 derived_times.py FOLDER > ../derived-times.json

FOLDER has adam_adrs_onco_subset.csv and adam_adtte_onco.csv, of pharmaverseadam (Apache-2.0): the
overall responses by the investigator, and OS, PFS and RSD (duration of response) as admiralonco derived
them. AVAL counts both ends; here time is AVAL - 1. Days count from randomization.
"""
import csv
import datetime
import json
import sys


def rows(name):
    with open(f"{sys.argv[1]}/{name}") as file:
        return list(csv.DictReader(file))


def day(text, start):
    date = datetime.date.fromisoformat
    return (date(text) - date(start)).days


analyses = rows("adam_adrs_onco_subset.csv")
times = rows("adam_adtte_onco.csv")
names = {"OS": "os", "PFS": "pfs", "RSD": "dor"}
out = []
for subject in sorted({row["USUBJID"] for row in analyses}):
    own = [row for row in analyses if row["USUBJID"] == subject]
    derived = [row for row in times if row["USUBJID"] == subject]
    start = own[0]["RANDDT"]
    alive = [row["ADT"] for row in derived if row["PARAMCD"] == "OS" and row["SRCVAR"] == "LSTALVDT"]
    out.append({
        "subject": subject,
        "visits": [
            {"day": day(row["ADT"], start), "response": row["AVALC"]}
            for row in own if row["PARAMCD"] == "OVR" and row["ANL01FL"] == "Y"
        ],
        "death": next((day(row["DTHDT"], start) for row in own if row["DTHDT"]), None),
        "lastContact": day(alive[0], start) if alive else None,
        "times": [
            {"endpoint": names[row["PARAMCD"]], "time": int(row["AVAL"]) - 1, "occurred": row["CNSR"] == "0"}
            for row in derived
        ],
    })
json.dump({
    "quantity": "overall and progression-free survival and duration of response",
    "source": "generate/derived_times.py: pharmaverseadam adtte_onco, derived by admiralonco",
    "relativeTolerance": 0,
    "rows": out,
}, sys.stdout, separators=(",", ":"))
print()
