"""A temporal split with pandas and SciPy: temporal_split.py ASSESSMENTS.

The same split of the same rows (scans nearest to days 84 and 168 within 14 days, of two as near
the earlier), and the same tests of it: Wilcoxon's signed rank (normal, continuity corrected) and
sign test of the late change, Wilcoxon's of late less early, McNemar's exact, Hodges and Lehmann's
estimates and 95 % intervals of both. The guards, sensitivity analyses and pictures of the command
are not made here. Prints the least of three times, without and with Hodges and Lehmann's, and what
was found: patients, how many still shrink, four p-values, and estimate and limits twice.
"""

import sys
import time

try:
    import numpy as np
    import pandas as pd
    from scipy.stats import binom, binomtest, norm, wilcoxon
except ImportError:
    sys.exit("pandas and SciPy are not installed: skipped")

FLOOR, WINDOW = 5.0, 14


def nearest(scans, day):
    """The row of each subject whose scan is nearest to the day."""
    distance = (scans["day"] - day).abs()
    near = scans.assign(distance=distance)[distance <= WINDOW]
    near = near.sort_values(["subject", "distance", "day"], kind="stable")
    return near.drop_duplicates("subject").set_index("subject")


def signed_rank(values):
    return wilcoxon(
        values, zero_method="wilcox", correction=True, alternative="less", method="asymptotic"
    ).pvalue


def walsh_average(values, rank):
    """The average of a pair with the given rank, by halving; `values` are sorted."""
    low, high = values[0], values[-1]
    rows = np.arange(len(values))
    for _ in range(50):
        middle = (low + high) / 2
        ends = np.searchsorted(values, 2 * middle - values, "right")
        low, high = (
            (low, middle) if np.maximum(ends - rows, 0).sum() >= rank else (middle, high)
        )
    return high


def hodges_lehmann(values):
    values, n = np.sort(values), len(values)
    pairs, expected = n * (n + 1) // 2, n * (n + 1) / 4
    deviation = np.sqrt(expected * (2 * n + 1) / 6)
    cut = max(1, int(np.floor(expected - norm.isf(0.025) * deviation + 0.5)))
    middle = [walsh_average(values, rank) for rank in {(pairs + 1) // 2, pairs // 2 + 1}]
    return (
        float(np.mean(middle)),
        float(walsh_average(values, cut)),
        float(walsh_average(values, pairs + 1 - cut)),
    )


def split(path):
    rows = pd.read_csv(path)
    baseline = rows[rows["day"] <= 0].drop_duplicates("subject", keep="last")
    baseline = baseline.set_index("subject")["sum_of_diameters"]
    scans = rows[rows["day"] > 0].copy()
    size = scans["sum_of_diameters"]
    # Responses: 30 % under baseline, unless 20 % and 5 mm over the smallest sum so far.
    start = scans["subject"].map(baseline)
    before = size.groupby(scans["subject"]).cummin().groupby(scans["subject"]).shift()
    nadir = np.fmin(before, start)
    progression = (size - nadir >= 5) & (5 * (size - nadir) >= nadir)
    scans["responds"] = (10 * size <= 7 * start) & ~progression
    early, late = nearest(scans, 84), nearest(scans, 168)
    both = early.join(late, lsuffix="_1", rsuffix="_2", how="inner").join(baseline, how="inner")
    first, second, third = (
        np.maximum(both[name].to_numpy(float), FLOOR)
        for name in ("sum_of_diameters", "sum_of_diameters_1", "sum_of_diameters_2")
    )
    r1, r2 = np.log(second / first), np.log(third / second)
    shrinking, growing = int((r2 < 0).sum()), int((r2 > 0).sum())
    gained = int((~both["responds_1"] & both["responds_2"]).sum())
    lost = int((both["responds_1"] & ~both["responds_2"]).sum())
    # Differences of logs tie to eleven decimals.
    found = (
        len(r2),
        shrinking,
        float(signed_rank(np.round(r2, 11))),
        float(binom.cdf(growing, growing + shrinking, 0.5)),
        float(signed_rank(np.round(r2 - r1, 11))),
        float(binomtest(gained, gained + lost).pvalue) if gained + lost else 1.0,
    )
    return r1, r2, found


if __name__ == "__main__":
    tests, all_tests = float("inf"), float("inf")
    for _ in range(3):
        begin = time.perf_counter()
        r1, r2, found = split(sys.argv[1])
        tests = min(tests, time.perf_counter() - begin)
        found += hodges_lehmann(r2) + hodges_lehmann(r2 - r1)
        all_tests = min(all_tests, time.perf_counter() - begin)
    print(tests, all_tests, *found)
