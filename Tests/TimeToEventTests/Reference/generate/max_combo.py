"""Tail probabilities of the largest of correlated normal deviates, and MaxCombo tests.

Run in this folder: python3 max_combo.py. By another formula than the module's: the probability that
all keep within the bound, one variable after the other given those before, by Gauss and Legendre's
rule over the part of each variable's range that matters, in panels that double until the value stays.
Tests are computed from samples.json one time of events at a time.
"""
import json
import sys

import numpy as np
import scipy
from scipy.special import ndtr


def nodes(low, high, panels, count=24):
    """Nodes and weights on panels of each interval; arrays of intervals, panels crowding at the ends."""
    x, w = np.polynomial.legendre.leggauss(count)
    edges = np.sin(np.linspace(-1, 1, panels + 1) * np.pi / 2)
    mid, half = (edges[1:] + edges[:-1]) / 2, (edges[1:] - edges[:-1]) / 2
    unit = (mid[:, None] + half[:, None] * x).ravel()
    weight = (half[:, None] * w).ravel()
    center, width = (low + high) / 2, (high - low) / 2
    return center[..., None] + width[..., None] * unit, width[..., None] * weight


def within(corr, low, bound, panels):
    factor = np.linalg.cholesky(corr)
    size = len(corr)

    def inner(level, given):
        mean = sum((factor[level, j] * given[j] for j in range(level)), np.zeros(1))
        scale = factor[level, level]
        a, b = (low - mean) / scale, (bound - mean) / scale
        if level == size - 1:
            return ndtr(b) - ndtr(a)
        a, b = np.clip(a, -9, 9), np.clip(b, -9, 9)
        u, w = nodes(a, b, panels)
        density = np.exp(-u * u / 2) / np.sqrt(2 * np.pi)
        value = inner(level + 1, [g[..., None] for g in given] + [u])
        return (w * density * value).sum(-1)

    return float(inner(0, [])[0])


def tail(corr, bound, two_sided):
    low = -bound if two_sided else -40.0
    panels, last = 1, None
    while True:
        value = 1 - within(np.array(corr), low, bound, panels)
        if last is not None and abs(value - last) < 1e-11 * max(value, 1e-4):
            return value
        last = value
        panels *= 2
        if panels > (8 if len(corr) == 4 else 64):
            return value


def standard_tail(corr, variances, bound, two_sided):
    """As tail, for weights (0,0), (0,1), (1,0) and maybe (1,1): the first is the sum of the next two,
    so its deviate is a combination of theirs, and cuts the range of the third."""
    a, b = np.sqrt(variances[1:3] / variances[0])
    low = -bound if two_sided else -40.0
    ends = {max(low, -9.0), bound}
    for first in ([-bound, bound] if two_sided else [bound]):
        for third in (low, bound):
            cut = (first - b * third) / a
            if max(low, -9.0) < cut < bound:
                ends.add(cut)
    ends = sorted(ends)
    rest = corr[1:, 1:]
    factor = np.linalg.cholesky(rest)
    total = 0.0
    for left, right in zip(ends, ends[1:]):
        x, w = nodes(np.array([left]), np.array([right]), 64)
        x, w = x.ravel(), w.ravel()
        lower, upper = np.full_like(x, low), np.minimum(bound, (bound - a * x) / b)
        if two_sided:
            lower = np.maximum(low, (-bound - a * x) / b)
        lower, upper = ((y - factor[1, 0] * x) / factor[1, 1] for y in (lower, upper))
        upper = np.maximum(lower, upper)
        if len(rest) == 2:
            inner = ndtr(upper) - ndtr(lower)
        else:
            u, v = nodes(np.clip(lower, -9, 9), np.clip(upper, -9, 9), 64)
            mean = factor[2, 0] * x[:, None] + factor[2, 1] * u
            third = ndtr((bound - mean) / factor[2, 2]) - ndtr((low - mean) / factor[2, 2])
            inner = (v * np.exp(-u * u / 2) / np.sqrt(2 * np.pi) * third).sum(-1)
        total += (w * np.exp(-x * x / 2) / np.sqrt(2 * np.pi) * inner).sum()
    return float(1 - total)


def combo(sample, by, strata, weights):
    time, status = np.array(sample["time"]), np.array(sample["status"])
    levels = sorted(set(sample[by]))
    second = np.array([g == levels[1] for g in sample[by]])
    stratum = np.array(sample[strata] if strata else [0] * len(time))
    u, v = np.zeros(len(weights)), np.zeros((len(weights),) * 2)
    for s in sorted(set(stratum)):
        own = stratum == s
        km = 1.0
        for t in np.unique(time[own & (status == 1)]):
            at, dead = own & (time >= t), own & (time == t) & (status == 1)
            n, d, p = at.sum(), dead.sum(), (at & second).sum() / at.sum()
            w = np.array([km ** r * (1 - km) ** g for r, g in weights])
            u += w * ((dead & second).sum() - d * p)
            if n > 1:
                v += np.outer(w, w) * d * (n - d) / (n - 1) * p * (1 - p)
            km *= 1 - d / n
    z = u / np.sqrt(np.diag(v))
    return z, v / np.sqrt(np.outer(np.diag(v), np.diag(v))), np.diag(v)


def main():
    rng = np.random.default_rng(7)
    tails = []
    for size in (2, 3, 4):
        for kind in range(3):
            load = rng.normal(size=(size, size + 1)) + kind
            cov = load @ load.T
            corr = cov / np.sqrt(np.outer(np.diag(cov), np.diag(cov)))
            for bound in (0.7, 2.1, 3.4):
                for two_sided in (True, False):
                    tails.append(dict(correlation=corr.tolist(), bound=bound, isTwoSided=two_sided,
                                      probability=tail(corr, bound, two_sided)))
    samples = json.load(open("../samples.json"))["samples"]
    standard = [(0, 0), (0, 1), (1, 0), (1, 1)]
    tests = []
    for name, by, strata in (("gehan", "arm", None), ("tied", "arm", None), ("tied", "arm", "site"),
                             ("lung", "sex", None), ("ovarian", "rx", None),
                             ("veteran", "trt", "celltype")):
        for weights in (standard, standard[:2], standard[:3]):
            z, corr, variances = combo(samples[name], by, strata, weights)
            upper = (lambda c, m, t: standard_tail(c, variances, m, t)) if len(z) > 2 else tail
            tests.append(dict(
                sample=name, by=by, strata=strata, weights=weights, deviates=z.tolist(),
                correlation=corr.tolist(), twoSided=upper(corr, float(np.abs(z).max()), True),
                greater=upper(corr, float(z.max()), False)))
            print(name, len(weights), tests[-1]["twoSided"], flush=True)
    source = f"generate/max_combo.py with numpy {np.__version__}, SciPy {scipy.__version__}"
    for file, quantity, rows in (("normal-maxima", "tails of the largest of normal deviates", tails),
                                 ("max-combo", "MaxCombo tests", tests)):
        json.dump(dict(quantity=quantity, source=source, relativeTolerance=1e-8, rows=rows),
                  open(f"../{file}.json", "w"))


main()
