"""Clopper-Pearson intervals, Barnard's and Boschloo's tests by SciPy.

Prints WORKLOAD,PEER,SECONDS,VALUE, best of several; the same counts as ExactBenchmark.
"""
import sys
import time

try:
    import numpy as np
    import scipy
    from scipy import stats
except ImportError:
    print("SciPy is not installed: skipped")
    sys.exit(1)

NAME = f"SciPy {scipy.__version__}"


def best(work, repeats):
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        value = work()
        times.append(time.perf_counter() - start)
    return min(times), value


def intervals():
    i = np.arange(10000)
    n = 10 + i % 91
    x = (i * 7) % (n + 1)
    with np.errstate(all="ignore"):
        lower = np.where(x == 0, 0.0, stats.beta.ppf(0.025, x, n - x + 1))
        upper = np.where(x == n, 1.0, stats.beta.ppf(0.975, x + 1, n - x))
    return float(lower.sum() + upper.sum())


seconds, value = best(intervals, 7)
print(f"clopper-pearson,{NAME} beta.ppf,{seconds},{value!r}")
for x1, n1, x2, n2 in ((15, 30, 61, 243), (150, 300, 120, 300)):
    table = [[x1, x2], [n1 - x1, n2 - x2]]
    label = f"{x1}/{n1} v {x2}/{n2}"
    repeats = 5 if n1 == 30 else 1
    seconds, value = best(lambda: stats.barnard_exact(table, pooled=True).pvalue, repeats)
    print(f"barnard {label},{NAME},{seconds},{float(value)!r}")
    seconds, value = best(lambda: stats.boschloo_exact(table).pvalue, repeats)
    print(f"boschloo {label},{NAME},{seconds},{float(value)!r}")
