#!/usr/bin/env python3
"""Writes random overall responses: best_response_input.py SUBJECTS VISITS FILE.

Each subject has a sum of diameters that shrinks and regrows, a scan about every six weeks, 5 % of scans not evaluable,
1 % new lesions, and 1 % of scans listed out of order. Columns: subject, day, response. The seed is fixed.
"""

import math
import random
import sys


def responses(random_, visits):
    baseline = random_.uniform(20, 150)
    growth, shrinkage = random_.gammavariate(2, .0004), random_.gammavariate(1.3, .006)
    has_target = random_.random() > .05
    nadir, rows, was_complete = baseline, [], False
    for number in range(1, visits + 1):
        day = 42 * number + random_.randint(-7, 7)
        size = baseline * (math.exp(-shrinkage * day) + math.exp(growth * day) - 1) + random_.gauss(0, 1)
        size = 0 if size < 4 else size
        draw = random_.random()
        if draw < .05:
            rows.append((day, "NE"))
            continue
        if draw < .06 or size >= 1.2 * nadir and size - nadir >= 5:
            response = "PD"
        elif not has_target:
            response = "NON-CR/NON-PD"
        elif size == 0:
            response = "CR"
        else:
            response = "PR" if size <= .7 * baseline else "SD"
        if was_complete and response in ("PR", "SD") and random_.random() < .8:
            response = "PD"
        nadir, was_complete = min(nadir, size), was_complete or response == "CR"
        rows.append((day, response))
    return rows


def main(subjects, visits, path):
    random_ = random.Random(20261122)
    with open(path, "w", encoding="utf-8") as file:
        file.write("subject,day,response\n")
        for number in range(1, int(subjects) + 1):
            rows = responses(random_, int(visits))
            if random_.random() < .01:
                rows.reverse()
            file.writelines(f"S{number:06d},{day},{response}\n" for day, response in rows)


if __name__ == "__main__":
    main(*sys.argv[1:])
