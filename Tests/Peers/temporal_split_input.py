#!/usr/bin/env python3
"""Writes random sums of diameters: temporal_split_input.py SUBJECTS VISITS FOLDER.

Tables subject.csv and assessment.csv of a trial with a baseline and VISITS scans about every six
weeks. Sizes follow Claret's model with log-normal rates and a reading error of 5 %; 5 % of scans
are not there, and a patient leaves after growth of 20 % and 5 mm. The seed is fixed.
"""

import math
import os
import random
import sys


def sums(random_, visits):
    baseline = 60 * math.exp(random_.gauss(0, .6))
    growth = .00107 * math.exp(random_.gauss(0, 1))
    kill = .0088 * math.exp(random_.gauss(0, .68))
    decay = .0193 * math.exp(random_.gauss(0, .5))
    nadir = None
    for visit in range(visits + 1):
        day = 42 * visit + (random_.randint(-7, 7) if visit else 0)
        size = baseline * math.exp(growth * day - kill / decay * (1 - math.exp(-decay * day)))
        seen = max(5, round(size * (1 + .05 * random_.gauss(0, 1))))
        if visit and random_.random() < .05:
            continue
        yield day, seen
        if nadir and seen >= 1.2 * nadir and seen - nadir >= 5:
            return
        nadir = min(nadir or seen, seen)


def main(subjects, visits, folder):
    random_ = random.Random(20261128)
    with (
        open(os.path.join(folder, "subject.csv"), "w", encoding="utf-8") as people,
        open(os.path.join(folder, "assessment.csv"), "w", encoding="utf-8") as scans,
    ):
        people.write("subject,arm\n")
        scans.write("subject,day,sum_of_diameters\n")
        for number in range(1, int(subjects) + 1):
            people.write(f"S{number:06d},A\n")
            scans.writelines(
                f"S{number:06d},{day},{seen}\n" for day, seen in sums(random_, int(visits))
            )


if __name__ == "__main__":
    main(*sys.argv[1:])
