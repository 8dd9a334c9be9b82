#!/usr/bin/env python3
"""generate.py: writes reference.csv beside this file. Needs mpmath.

Expected rates are the textbook formulas, the correlated ones by an integral of the normal density at 30
digits (the plugin uses Drezner and Wesolowsky's rule); z, p, bootstrap and posterior values are those of
Tests/StatisticsTests/Reference/combination-excess.json, whose generator says by which other formulas
they were made.
"""
import csv
import json
import os
from fractions import Fraction

from mpmath import erfinv, inf, mp, mpf, ncdf, npdf, quad, sqrt

HERE = os.path.dirname(os.path.abspath(__file__))
EXCESS = os.path.join(HERE, "../../../Tests/StatisticsTests/Reference/combination-excess.json")
mp.dps = 30
# Where a null stands in the table, by the correlation that was asked for.
ROWS = {0.3: ["hsa", 0.6, 0.3, "bliss", "sum"], -0.6: ["hsa", 0.6, "bliss", -0.6, "sum"]}
COLUMNS = {"expected": 1, "excess": 2, "bootstrap": 3, "p": 4, "posterior": 5, "implied": 6}


def correlated(a, b, r):
    """p1 + p2 less the probability that both parts are responded to."""
    x, y = (sqrt(2) * erfinv(1 - 2 * mpf(p.numerator) / p.denominator) for p in (a, b))
    scale = sqrt(1 - mpf(r) ** 2)
    knots = sorted({x, max(x, y), max(x, y / r), x + 2, x + 6})
    both = quad(lambda t: npdf(t) * ncdf((r * t - y) / scale), knots + [inf])
    return mpf(a.numerator) / a.denominator + mpf(b.numerator) / b.denominator - both


def expected(null, a, b):
    if null == "hsa":
        return max(a, b)
    if null == "bliss":
        return a + b - a * b
    if null == "sum":
        return min(Fraction(1), a + b)
    return max(a, b) if min(a, b) == 0 else correlated(a, b, null)


def cases():
    excess = json.load(open(EXCESS))["rows"]
    trials = []
    for row in excess:
        key = tuple(tuple(row[part]) for part in ("combination", "first", "second"))
        if key not in trials:
            trials.append(key)
    for trial in trials:
        combination, first, second = (Fraction(*count) for count in trial)
        texts = ["/".join(map(str, count)) for count in trial]
        for correlation, order in ROWS.items():
            command = (f"combined-response {texts[0]} first={texts[1]} second={texts[2]}"
                       f" correlation={correlation}")

            def case(null, column, value, source, tolerance="1e-09"):
                name = null if isinstance(null, str) else "correlated"
                path = (f"tables[name=nulls-{trial[1][0]}-{trial[1][1]}]"
                        f".rows[{order.index(null)}][{COLUMNS[column]}]")
                return [f"{name} {column}", command, path, repr(float(value)), tolerance, source]

            for null in order:
                rate = expected(null, first, second)
                rational = isinstance(rate, Fraction)
                source = "exact rationals" if rational else "integral at 30 digits, mpmath"
                yield case(null, "expected", rate, source)
                observed = combination if rational else mpf(combination.numerator) / combination.denominator
                yield case(null, "excess", observed - rate, source)
            if correlation == 0.3 and combination >= first:
                yield case("bliss", "implied", (combination - first) / (1 - first), "exact rationals")
            for row in excess:
                null = row["correlation"] or row["null"]
                if tuple(map(tuple, (row["combination"], row["first"], row["second"]))) != trial \
                        or null not in order or (correlation == -0.6 and null != -0.6):
                    continue
                for column, source in [
                        ("p", "delta method at 30 digits, mpmath"),
                        ("bootstrap", "every triple of counts in exact rationals"),
                        ("posterior", "Gauss-Jacobi nodes in both rates, SciPy")]:
                    if row[column] is not None:
                        # The nodes meet the copula's bend at a rate of 0, and leave some 1e-8.
                        loose = column == "posterior" and not isinstance(null, str)
                        yield case(null, column, row[column], source, "1e-07" if loose else "1e-09")


if __name__ == "__main__":
    rows = list(cases())
    with open(os.path.join(HERE, "reference.csv"), "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["method", "command", "path", "expected", "tolerance", "source"])
        writer.writerows(rows)
    print(len(rows), "cases")
