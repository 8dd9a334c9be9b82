"""Combinations of two step curves under a Gaussian copula, two ways other than the module's.

Run in this folder: python3 independence.py. `survival` conditions on one part's normal variable and
integrates over it by scipy's adaptive quadrature (the module sums bivariate normal rectangles).
`simulated` draws patients, sorts each part's times and assigns them by the ranks of correlated normal
variables, as the published code does; the script checks that both agree within 5 standard errors.
"""
import json

import numpy as np
import scipy
from scipy.integrate import quad
from scipy.stats import norm

DRAWN = 400_000
rng = np.random.default_rng(20231127)


def curve(steps, last, scale, end):
    times = np.sort(np.round(rng.weibull(1.3, steps) * scale, 2))
    times = np.unique(times)
    times = times[times < (end or np.inf)]
    survival = np.linspace(1, last, len(times) + 1)[1:]
    return dict(times=times.tolist(), survival=survival.tolist(), end=end)


def quantile(c, survival):
    """The time of somebody whose upper tail is `survival`; infinite beyond the curve."""
    for time, height in zip(c["times"], c["survival"]):
        if height <= survival:
            return time
    return np.inf


def height(c, time):
    below = [s for t, s in zip(c["times"], c["survival"]) if t <= time]
    return below[-1] if below else 1.0



def added(reference, other, scan):
    return max(reference + max(other - scan, 0), other)


def survival(time, reference, other, rho, needed):
    """∫ φ(z) Pr(reference > needed(time, other's time at z) | z) dz, piece by piece of the other."""
    r = 2 * np.sin(np.pi * rho / 6)
    edges = [np.inf] + [norm.isf(s) for s in other["survival"]]
    edges[0] = -np.inf
    pieces = list(zip(edges, edges[1:], other["times"])) + [(edges[-1], np.inf, np.inf)]
    total = 0.0
    for low, high, length in pieces:
        if low == high:
            continue
        if length > time:
            total += norm.sf(low) - norm.sf(high)
            continue
        limit = norm.isf(height(reference, needed(time, length)))
        if limit == np.inf:
            continue
        f = lambda z: norm.pdf(z) * norm.sf((limit - r * z) / np.sqrt(1 - r * r))
        a, b = max(low, -12), min(high, 12)
        if a < b:
            total += quad(f, a, b, epsabs=1e-13, epsrel=1e-12, limit=400)[0]
    return total


def drawn(first, second, rho):
    r = 2 * np.sin(np.pi * rho / 6)
    z = rng.multivariate_normal([0, 0], [[1, r], [r, 1]], size=DRAWN)
    places = (np.arange(DRAWN) + 0.5) / DRAWN
    result = []
    for column, c in zip(z.T, (first, second)):
        index = np.searchsorted(-np.array(c["survival"]), -(1 - places), side="left")
        lengths = np.append(c["times"], np.inf)[index]  # rising: sorted times
        times = np.empty(DRAWN)
        times[np.argsort(column)] = lengths
        result.append(times)
    return result


rows = []
first, second = curve(12, 0, 8, None), curve(9, 0.15, 5, 14.0)
third, fourth = curve(30, 0.08, 7, 16.0), curve(25, 0, 6, None)
for one, two in ((first, second), (third, fourth), (first, fourth)):
    for rho in (-0.3, 0, 0.08, 0.3, 0.48, 0.6, 0.95):
        for scans in (None, (1.8, 2.1), (3.0, 1.5)):
            if scans is None:
                model, reference, other, scan = "independent", two, one, 0
                needed = lambda t, length: t
            else:
                late_first = scans[0] >= scans[1]
                reference, other = (two, one) if late_first else (one, two)
                model, scan = "additive", max(scans)
                needed = lambda t, length, s=scan: t - max(length - s, 0)
            a, b = drawn(one, two, rho)
            if scans is None:
                combined = np.maximum(a, b)
            else:
                ref, oth = (b, a) if late_first else (a, b)
                combined = np.maximum(ref + np.maximum(oth - scan, 0), oth)
            times = [1.0, 2.5, 4.0, 6.0, 9.0, 12.0]
            exact = [survival(t, reference, other, rho, needed) for t in times]
            simulated = [float((combined > t).mean()) for t in times]
            for e, s in zip(exact, simulated):
                error = np.sqrt(max(e * (1 - e), 1e-9) / DRAWN)
                assert abs(e - s) < 5 * error + 1e-5, (model, rho, e, s)
            rows.append(dict(
                model=model, first=one, second=two, correlation=rho, scans=scans, times=times,
                survival=[float(e) for e in exact], simulated=simulated))
json.dump(dict(
    quantity="survival of combinations under independent action and additivity",
    source=f"generate/independence.py with numpy {np.__version__}, scipy {scipy.__version__}",
    relativeTolerance=1e-9, rows=rows), open("../independence.json", "w"))
print(len(rows))
