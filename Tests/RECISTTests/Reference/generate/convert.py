#!/usr/bin/env python3
"""Turns collected cases into the reference tables beside this folder.

    python3 convert.py recist_timepoint_cases.json recist_bor_cases.json

The inputs were extracted from pharmaverse/pharmaversesdtm @530a5ea8 (data tu/tr/rs_onco_recist, Apache-2.0) and
from pharmaverse/admiralonco @83370b12 (tests/testthat/test-derive_param_bor.R and
test-derive_param_confirmed_bor.R, Apache-2.0) and pharmaverse/pharmaverseadam @2c7db61b (adrs_onco, Apache-2.0).
Dates become days from each case's reference date. An assessment "ND" (not done), "NA" or without a result is
MISSING here, and so is the one best response "ND". Nothing else is changed.
"""

import datetime
import json
import sys


ENDPOINTS = {
    "response (Y/N, unconfirmed)": ("response", False),
    "confirmed response (Y/N)": ("response", True),
    "clinical benefit (Y/N)": ("disease control", False),
    "confirmed clinical benefit (Y/N)": ("disease control", True),
    "progression (Y/N)": ("progression", False),
    "last assessment": ("last", False),
}


def main(timepoints, best):
    with open(timepoints, encoding="utf-8") as file:
        write("recist-timepoints", {
            "quantity": "overall response at each time point, from lesion diameters",
            "source": "pharmaverse/pharmaversesdtm @530a5ea8, tu/tr/rs_onco_recist (Apache-2.0)",
            "relativeTolerance": 0,
            "rows": [reader(case) for case in json.load(file)]})
    with open(best, encoding="utf-8") as file:
        cases = json.load(file)
    for parameter, name in (
            ("BOR (unconfirmed)", "best-overall-response"),
            ("confirmed BOR", "confirmed-best-overall-response")):
        write(name, {
            "quantity": parameter,
            "source": "pharmaverse/admiralonco @83370b12 tests, pharmaverse/pharmaverseadam @2c7db61b (Apache-2.0)",
            "relativeTolerance": 0,
            "rows": [best_row(case) for case in cases
                     if case["parameter"] == parameter]})
    write("response-endpoints", {
        "quantity": "response, clinical benefit, progression and last assessment, confirmed or not",
        "source": "pharmaverse/admiralonco @83370b12 tests, pharmaverse/pharmaverseadam @2c7db61b (Apache-2.0)",
        "relativeTolerance": 0,
        "rows": [endpoint_row(case) for case in cases if case["parameter"] in ENDPOINTS]})


def reader(case):
    return {
        "subject": case["subject"],
        "evaluator": case["evaluator_id"] or case["evaluator"],
        "lesions": [
            {"name": name, "role": lesion["type"], "isNodal": lesion["nodal"]}
            for name, lesion in case["lesions"].items()],
        "visits": [
            {"visit": visit["visit"], "date": visit["date"],
             "diameters": {name: str(value) for name, value in visit["target_mm"].items()},
             "nonTargets": visit["nontarget"], "expected": visit["expected_overall"]}
            for visit in case["visits"]]}


def best_row(case):
    start = datetime.date.fromisoformat(case["ref_date"])
    options = case["options"]

    def day(text):
        return None if text is None else (datetime.date.fromisoformat(text) - start).days

    # The test files name the date of an external progression by subject number.
    subject = case["case"].split(":")[1]
    progression = options.get("pd_dates", {}).get(subject)
    return {
        "case": case["case"], "source": case["source"],
        "minimumStableDays": options.get("ref_start_window"),
        "gapDays": options.get("ref_confirm"), "maximumNotEvaluable": options.get("max_nr_ne"),
        "acceptsStableDisease": options.get("accept_sd"),
        "missingAsNotEvaluable": options.get("missing_as_ne", False),
        "stopsAtFirstProgression": options["cut_at_first_pd"], "lastDay": day(progression),
        "visits": [{"day": day(date), "response": category(response)} for date, response in case["visits"]],
        "expected": category(case["expected_value"]), "expectedDay": day(case["expected_date"])}


def endpoint_row(case):
    row = best_row(case)
    row["endpoint"], row["isConfirmed"] = ENDPOINTS[case["parameter"]]
    values = case["options"].get("values", ["CR", "PR", "SD", "NON-CR/NON-PD"])
    row["acceptsNonTarget"] = "NON-CR/NON-PD" in values
    row["minimumStableDays"] = row["minimumStableDays"] or 0
    return row


def category(text):
    return "MISSING" if text in (None, "NA", "ND") else text


def write(name, table):
    with open(f"../{name}.json", "w", encoding="utf-8") as file:
        json.dump(table, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
