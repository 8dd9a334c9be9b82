#!/usr/bin/env python3
"""Makes the simulated 30-patient trial in this folder. Standard library only; seeded.

Run it in this folder: python3 generate.py
"""

import csv
import random

SEED = 20100720
DOSES = (0.25, 1.25, 6.25)  # mg
PATIENTS_PER_DOSE = 10
# What each patient does, dose by dose: 3, 5 and 7 responders of 10. 15 of 30 in all.
COURSES = (
    ["late PR", "PR", "PR", "SD", "SD", "SD", "SD", "PD", "PD", "NE"],
    ["CR", "late PR", "PR", "PR", "PR", "SD", "SD", "SD", "PD", "NE"],
    ["CR", "late PR", "late PR", "PR", "PR", "PR", "PR", "SD", "SD", "new lesion"],
)
SITES = ("LIVER", "LUNG", "BREAST", "LYMPH NODE", "SKIN", "CHEST WALL")
# Sums at the two scans, as ranges of fractions of the baseline sum.
SHRINKAGE = {
    "PR": ((0.45, 0.62), (0.35, 0.50)),
    "late PR": ((0.76, 0.90), (0.50, 0.66)),
    "SD": ((0.82, 1.05), (0.80, 0.93)),
    "PD": ((1.30, 1.60), None),  # off study after progression at the first scan
    "new lesion": ((0.85, 0.95), None),
    "NE": ((0.75, 0.95), None),  # one lesion not imaged; no second scan
}


def main():
    rng = random.Random(SEED)
    tables = {name: [] for name in ("subject", "lesion", "measurement", "assessment", "event")}
    number = 0
    for dose, courses in zip(DOSES, COURSES):
        courses = list(courses)
        rng.shuffle(courses)
        for course in courses:
            number += 1
            patient(rng, f"SIM-{number:03d}", dose, course, tables)
    for name, rows in tables.items():
        with open(f"{name}.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def patient(rng, subject, dose, course, tables):
    cohort = f"{DOSES.index(dose) + 1}"
    tables["subject"].append({
        "subject": subject, "arm": "paclitaxel + IMP321", "dose_level": dose, "dose_unit": "mg",
        "cohort": cohort, "sex": "F", "age": rng.randint(34, 76)})
    lesions = targets(rng, subject, tables)
    has_bone = rng.random() < 0.4
    if has_bone:
        tables["lesion"].append({
            "subject": subject, "lesion": "NT01", "role": "NON-TARGET", "site": "BONE",
            "nodal": 0})
    baseline_day = -rng.randint(3, 20)
    baseline = {name: tenths for name, tenths, _ in lesions}
    scan(tables, subject, baseline_day, "BASELINE", lesions, baseline, has_bone, "PRESENT")
    tables["assessment"].append(assessment(
        subject, baseline_day, "BASELINE", sum(baseline.values()), "", "", "", ""))
    days = (84 + rng.randint(-4, 5), 168 + rng.randint(-5, 6))
    follow(rng, tables, subject, course, lesions, baseline, has_bone, days)


def targets(rng, subject, tables):
    """Two to four target lesions as (name, size in tenths of a millimeter, nodal)."""
    lesions = []
    for index in range(rng.randint(2, 4)):
        site = rng.choice(SITES)
        nodal = site == "LYMPH NODE"
        name = f"T{index + 1:02d}"
        tenths = rng.randint(160 if nodal else 120, 320 if nodal else 520)
        lesions.append((name, tenths, nodal))
        tables["lesion"].append({
            "subject": subject, "lesion": name, "role": "TARGET", "site": site,
            "nodal": int(nodal)})
    return lesions


def follow(rng, tables, subject, course, lesions, baseline, has_bone, days):
    last, progressed, responded = days[1], False, False
    nadir = sum(baseline.values())
    for number, day in enumerate(days):
        visit = f"WEEK {12 * (number + 1)}"
        sizes = at_scan(rng, course, number, lesions, baseline)
        if sizes is None:
            last = days[0]
            break
        new = course == "new lesion"
        bone = "ABSENT" if course == "CR" and number == 1 else "PRESENT"
        scan(tables, subject, day, visit, lesions, sizes, has_bone, bone)
        if new:
            tables["lesion"].append({
                "subject": subject, "lesion": "NEW01", "role": "NEW", "site": "LIVER",
                "nodal": 0})
            tables["measurement"].append({
                "subject": subject, "lesion": "NEW01", "day": day, "visit": visit,
                "diameter": "", "state": "PRESENT", "evaluator": "INVESTIGATOR"})
        target = judge(lesions, sizes, sum(baseline.values()), nadir)
        non_target = "" if not has_bone else "CR" if bone == "ABSENT" else "NON-CR/NON-PD"
        overall = combine(target, non_target, new)
        total = "" if None in sizes.values() else sum(sizes.values())
        nadir = nadir if total == "" else min(nadir, total)
        tables["assessment"].append(assessment(
            subject, day, visit, total, target, non_target, int(new), overall))
        progressed = progressed or overall == "PD"
        responded = responded or overall in ("CR", "PR")
    pfs = last if progressed else last + rng.randint(0, 60)
    tables["event"].append({
        "subject": subject, "endpoint": "pfs", "day": pfs, "occurred": int(progressed)})
    tables["event"].append({
        "subject": subject, "endpoint": "response", "day": "", "occurred": int(responded)})


def at_scan(rng, course, number, lesions, baseline):
    """Sizes in tenths of a millimeter; None for a lesion that was not imaged."""
    if course == "CR":
        if number == 0:
            return shrink(rng, lesions, baseline, (0.40, 0.60))
        return {name: rng.randint(55, 92) if nodal else 0 for name, _, nodal in lesions}
    span = SHRINKAGE[course][number]
    if span is None:
        return None
    sizes = shrink(rng, lesions, baseline, span)
    if course == "NE":
        sizes[lesions[-1][0]] = None
    return sizes


def shrink(rng, lesions, baseline, span):
    """All lesions by one factor, each rounded up, so that the sum keeps to its range."""
    factor = rng.uniform(*span)
    return {name: int(baseline[name] * factor) + 1 for name, _, _ in lesions}


def judge(lesions, sizes, base, nadir):
    """RECIST 1.1 in whole tenths of a millimeter."""
    if None in sizes.values():
        return "NE"
    if all(sizes[name] < 100 if nodal else sizes[name] == 0 for name, _, nodal in lesions):
        return "CR"
    total = sum(sizes.values())
    if total - nadir >= 50 and 10 * total >= 12 * nadir:
        return "PD"
    return "PR" if 10 * total <= 7 * base else "SD"


def combine(target, non_target, new):
    if new or target == "PD":
        return "PD"
    return "PR" if target == "CR" and non_target == "NON-CR/NON-PD" else target


def assessment(subject, day, visit, tenths, target, non_target, new, overall):
    return {
        "subject": subject, "day": day, "visit": visit,
        "sum_of_diameters": millimeters(tenths), "target": target, "non_target": non_target,
        "new_lesion": new, "overall": overall, "evaluator": "INVESTIGATOR"}


def scan(tables, subject, day, visit, lesions, sizes, has_bone, bone):
    for name, _, _ in lesions:
        tenths = sizes[name]
        tables["measurement"].append({
            "subject": subject, "lesion": name, "day": day, "visit": visit,
            "diameter": "" if tenths is None else millimeters(tenths),
            "state": "NOT EVALUABLE" if tenths is None else "ABSENT" if tenths == 0 else "PRESENT",
            "evaluator": "INVESTIGATOR"})
    if has_bone:
        tables["measurement"].append({
            "subject": subject, "lesion": "NT01", "day": day, "visit": visit, "diameter": "",
            "state": bone, "evaluator": "INVESTIGATOR"})


def millimeters(tenths):
    return "" if tenths == "" else f"{tenths // 10}.{tenths % 10}"


if __name__ == "__main__":
    main()
