#!/usr/bin/env python3
"""Writes more-differences.json, ratio-intervals.json, odds-ratio-intervals.json, stratified.json, trend.json,
homogeneity.json, jonckheere.json and tipping-points.json.

Everything is worked out from definitions at 40 digits, or in fractions: likeliest rates by
bisection of the likelihood's slope, limits by false position over the logarithm, conditional limits by
summing the noncentral hypergeometric over its whole support, exact tests by visiting every table
or every arrangement. -1 stands for an infinite limit, null for a value that is not defined.

Python 3.11, mpmath 1.3.
Usage: ratios_and_strata.py OUTPUT_FOLDER [table…]
"""
import itertools
import json
import sys
from fractions import Fraction
from math import comb

import mpmath as mp

mp.mp.dps = 40
FOLDER = sys.argv[1]
ALTERNATIVES = ("two-sided", "greater", "less")
TIE = Fraction(10**7 + 1, 10**7)


def bisect(f, low, high, steps=120):
    """Where f turns from negative to not negative."""
    low, high = mp.mpf(low), mp.mpf(high)
    for _ in range(steps):
        middle = (low + high) / 2
        low, high = (middle, high) if f(middle) < 0 else (low, middle)
    return (low + high) / 2


def solve(f, low, high):
    """The same by false position, with halving where it stalls."""
    low, high = mp.mpf(low), mp.mpf(high)
    at_low, at_high, side = f(low), f(high), 0
    for k in range(300):
        x = (low * at_high - high * at_low) / (at_high - at_low)
        if k % 6 == 5 or not low < x < high:
            x = (low + high) / 2
        y = f(x)
        if y == 0 or high - low < mp.mpf(10) ** -22 * max(1, abs(x)):
            return x
        if y < 0:
            low, at_low = x, y
            at_high, side = (at_high / 2 if side == -1 else at_high), -1
        else:
            high, at_high = x, y
            at_low, side = (at_low / 2 if side == 1 else at_low), 1
    raise ValueError("no convergence")


def normal(z, alternative="two-sided"):
    up = lambda v: mp.erfc(v / mp.sqrt(2)) / 2
    return {"two-sided": 2 * up(abs(z)), "greater": up(z), "less": up(-z)}[alternative]


def deviate(level):
    return mp.sqrt(2) * mp.erfinv(mp.mpf(level))


def chi_square_tail(x, df):
    return mp.gammainc(mp.mpf(df) / 2, mp.mpf(x) / 2, mp.inf, regularized=True)


# The likeliest rates


def rates(contrast, t, value):
    """By bisection of the slope of the likelihood, or of the expected number of responders."""
    x1, n1, x2, n2 = t
    if contrast == "difference":
        low, high = max(mp.mpf(0), -value), min(mp.mpf(1), 1 - value)
        pair = lambda p: (p + value, p)
        pace = lambda p: (1, 1)
    elif contrast == "ratio":
        low, high = mp.mpf(0), min(mp.mpf(1), 1 / value)
        pair = lambda p: (p * value, p)
        pace = lambda p: (value, 1)
    else:
        expected = lambda p: n1 * value * p / (1 - p + value * p) + n2 * p - (x1 + x2)
        p = bisect(expected, 0, 1)
        return value * p / (1 - p + value * p), p

    def slope(p):
        total = mp.mpf(0)
        for x, n, q, d in zip((x1, x2), (n1, n2), pair(p), pace(p)):
            total += (d * x / q if x else 0) - (d * (n - x) / (1 - q) if x < n else 0)
        return total

    if high <= low:
        return pair(low)
    tiny = (high - low) * mp.mpf(10) ** -20
    if slope(low + tiny) <= 0:
        return pair(low)
    if slope(high - tiny) >= 0:
        return pair(high)
    return pair(bisect(lambda p: -slope(p), low + tiny, high - tiny))


def score_parts(contrast, t, value, factor):
    x1, n1, x2, n2 = t
    p1, p2 = rates(contrast, t, value)
    lam = mp.mpf(n1 + n2) / (n1 + n2 - 1) if factor else 1
    v1, v2 = p1 * (1 - p1) / n1, p2 * (1 - p2) / n2
    m1, m2 = v1 * (1 - 2 * p1) / n1, v2 * (1 - 2 * p2) / n2
    d1, d2 = mp.mpf(x1) / n1, mp.mpf(x2) / n2
    if contrast == "difference":
        return d1 - d2 - value, (v1 + v2) * lam, m1 - m2
    if contrast == "ratio":
        return d1 - value * d2, (v1 + value**2 * v2) * lam, m1 - value**3 * m2
    w1, w2 = p1 * (1 - p1), p2 * (1 - p2)
    return ((d1 - p1) / w1 - (d2 - p2) / w2, (1 / (n1 * w1) + 1 / (n2 * w2)) * lam,
            (1 - 2 * p1) / (n1 * w1)**2 - (1 - 2 * p2) / (n2 * w2)**2)


def rejection(contrast, strata, value, z, factor, skewed):
    """Not negative where the value is rejected as too large."""
    total = sum(mp.mpf(t[1]) * t[3] / (t[1] + t[3]) for t in strata)
    s = v = m = mp.mpf(0)
    for t in strata:
        w = mp.mpf(t[1]) * t[3] / (t[1] + t[3]) / total
        a, b, c = score_parts(contrast, t, value, factor)
        s, v, m = s + w * a, v + w**2 * b, m + w**3 * c
    if v == 0:
        return mp.mpf(1 if s < 0 else -1)
    a = m / (6 * v * mp.sqrt(v)) if skewed else 0
    return a * z * z - z - s / mp.sqrt(v) - a


def score_limits(contrast, strata, z, factor, skewed=False):
    def upper(strata):
        if contrast == "difference":
            weights = [mp.mpf(t[1]) * t[3] / (t[1] + t[3]) for t in strata]
            d = sum(w * (mp.mpf(t[0]) / t[1] - mp.mpf(t[2]) / t[3])
                    for w, t in zip(weights, strata)) / sum(weights)
            if skewed:
                f = lambda x: rejection(contrast, strata, x, z, factor, True)
                high = low = mp.mpf(1)
                while low > d and f(low) >= 0:  # the outermost crossing
                    high, low = low, low - (1 - d) / 200
                return high if high == low else solve(f, low, high) if low > d else d
            return mp.mpf(1) if d == 1 else solve(
                lambda x: rejection(contrast, strata, x, z, factor, skewed) if x > d else -z, d, 1)
        if all(t[2] == 0 or (contrast == "odds" and t[0] == t[1]) for t in strata):
            return mp.inf
        f = lambda u: rejection(contrast, strata, mp.exp(u), z, factor, skewed)
        high = low = mp.mpf(18)
        while f(low) >= 0:  # the outermost crossing
            high, low = low, low - mp.mpf(1) / 2
        return mp.exp(solve(f, low, high))
    swapped = upper([(c, d, a, b) for a, b, c, d in strata])
    return (-swapped if contrast == "difference" else 1 / swapped), upper(strata)


def log_limits(ratio, variance, z):
    f = mp.exp(z * mp.sqrt(variance))
    return ratio / f, ratio * f


def ratio_row(t, level):
    x1, n1, x2, n2 = t
    z = deviate(level)
    def katz(half):
        a, m, b, n = (mp.mpf(v) + half for v in t)
        if a == 0 or b == 0:
            return mp.mpf(0), mp.inf
        return log_limits(a * n / (m * b), 1 / a - 1 / m + 1 / b - 1 / n, z)
    out = {"miettinen-nurminen": score_limits("ratio", [t], z, True),
           "koopman": score_limits("ratio", [t], z, False),
           "gart-nam": score_limits("ratio", [t], z, False, True),
           "scas": score_limits("ratio", [t], z, True, True),
           "katz": katz(0), "walter": katz(mp.mpf(1) / 2)}
    return row(t, level, out)


def conditional(t, alpha, share):
    """Conditional estimate and limits, by bisection over the logarithm of the odds ratio."""
    x1, n1, x2, n2 = t
    s = x1 + x2
    support = range(max(0, s - n2), min(s, n1) + 1)
    if len(support) == 1:
        return None, (mp.mpf(0), mp.inf)
    ways = {k: mp.mpf(comb(n1, k) * comb(n2, s - k)) for k in support}
    def chances(u):
        w = {k: ways[k] * mp.exp(k * u) for k in support}
        total = mp.fsum(w.values())
        return {k: v / total for k, v in w.items()}
    def above(u):
        c = chances(u)
        return mp.fsum(v for k, v in c.items() if k > x1) + share * c[x1]
    def below(u):
        c = chances(u)
        return mp.fsum(v for k, v in c.items() if k < x1) + share * c[x1]
    mean = lambda u: mp.fsum(k * v for k, v in chances(u).items())
    first, last = x1 == support[0], x1 == support[-1]
    estimate = (mp.mpf(0) if first else mp.inf if last
                else mp.exp(solve(lambda u: mean(u) - x1, -40, 40)))
    lower = mp.mpf(0) if first else mp.exp(solve(lambda u: above(u) - alpha / 2, -40, 40))
    upper = mp.inf if last else mp.exp(solve(lambda u: alpha / 2 - below(u), -40, 40))
    return estimate, (lower, upper)


def odds_row(t, level):
    x1, n1, x2, n2 = t
    z = deviate(level)
    alpha = 1 - mp.mpf(level)
    def woolf(half):
        a, b, c, d = (mp.mpf(v) + half for v in (x1, n1 - x1, x2, n2 - x2))
        if 0 in (a, b, c, d):
            return mp.mpf(0), mp.inf
        return log_limits(a * d / (b * c), 1 / a + 1 / b + 1 / c + 1 / d, z)
    known = 0 < x1 + x2 < n1 + n2
    everything = (mp.mpf(0), mp.inf)
    estimate, exact = conditional(t, alpha, 1)
    out = {"miettinen-nurminen": score_limits("odds", [t], z, True) if known else everything,
           "cornfield": score_limits("odds", [t], z, False) if known else everything,
           "scas": score_limits("odds", [t], z, True, True) if known else everything,
           "woolf": woolf(0) if known else everything,
           "gart": woolf(mp.mpf(1) / 2) if known else everything,
           "conditional-exact": exact, "conditional-mid-p": conditional(t, alpha, mp.mpf(1) / 2)[1]}
    made = row(t, level, out)
    made["estimate"] = number(estimate) if known else None
    return made


def number(v):
    return None if v is None else -1.0 if v == mp.inf else float(v)


def row(t, level, limits):
    return {"table": list(t), "level": level,
            "limits": {k: [number(v) for v in pair] for k, pair in limits.items()}}


TABLES = [(0, 1, 0, 1), (1, 1, 0, 1), (0, 2, 2, 2), (1, 2, 1, 3), (0, 6, 2, 6), (5, 6, 0, 4),
          (10, 20, 5, 6), (7, 10, 2, 10), (10, 10, 4, 10), (7, 12, 3, 12), (3, 3, 0, 3),
          (0, 15, 0, 12), (15, 15, 12, 12), (10, 10, 20, 20), (5, 25, 15, 35), (14, 17, 6, 16),
          (11, 21, 2, 19), (2, 50, 9, 48), (33, 34, 27, 34), (1, 40, 0, 13), (0, 40, 1, 13),
          (15, 30, 61, 243), (25, 100, 40, 100), (36, 154, 12, 77), (24, 73, 53, 65),
          (29, 55, 11, 11), (999, 1000, 1, 1000), (501, 1000, 400, 901)]


def both(make):
    return [make(t, level) for t in TABLES for level in (0.95, 0.8)]


def difference_row(t, level):
    x1, n1, x2, n2 = t
    z = deviate(level)
    d, p1, p2 = mp.mpf(x1) / n1 - mp.mpf(x2) / n2, mp.mpf(x1) / n1, mp.mpf(x2) / n2
    cc = (mp.mpf(1) / n1 + mp.mpf(1) / n2) / 2
    def wald(correction, fewer=0):
        if min(n1, n2) == fewer:
            return mp.mpf(-1), mp.mpf(1)
        h = z * mp.sqrt(p1 * (1 - p1) / (n1 - fewer) + p2 * (1 - p2) / (n2 - fewer)) + correction
        return max(mp.mpf(-1), d - h), min(mp.mpf(1), d + h)
    out = {"mee": score_limits("difference", [t], z, False),
           "gart-nam": score_limits("difference", [t], z, False, True),
           "scas": score_limits("difference", [t], z, True, True),
           "wald-cc": wald(cc), "prop-test": wald(min(cc, abs(d))),
           "hauck-anderson": wald(mp.mpf(1) / (2 * min(n1, n2)), 1)}
    made = row(t, level, out)
    made["limits"] = {k: [float(v) for v in pair] for k, pair in out.items()}
    return made


# Strata


STRATA = [
    [(15, 30, 61, 243)],
    [(4, 16, 5, 79), (2, 16, 3, 87), (4, 18, 10, 90), (1, 15, 3, 82)],
    [(1, 15, 3, 5), (3, 10, 4, 10), (2, 25, 18, 35)],
    [(3, 8, 1, 4), (2, 9, 8, 11), (1, 4, 3, 8), (8, 9, 4, 11), (2, 6, 9, 13), (1, 6, 7, 11)],
    [(0, 5, 1, 6), (2, 7, 0, 8)],
    [(5, 5, 3, 6), (7, 7, 8, 8)],
    [(0, 4, 0, 9), (3, 6, 2, 9)],
    [(1, 1, 0, 1), (0, 1, 0, 1), (1, 1, 1, 1), (1, 1, 0, 2)],
    [(0, 3, 2, 3), (0, 4, 3, 4)],
    [(120, 300, 90, 310), (80, 150, 60, 149)],
]


def strata_row(strata, level):
    z = deviate(level)
    F = Fraction
    c = [tuple(map(F, (x1, n1 - x1, n1, x2, n2 - x2, n2, n1 + n2))) for x1, n1, x2, n2 in strata]
    total = sum(n1 * n2 / n for _, _, n1, _, _, n2, n in c)
    d = sum((x1 * n2 - x2 * n1) / n for x1, _, n1, x2, _, n2, n in c) / total
    # Sato's formula by its parts; Greenland and Robins's as a sum over binomial variances.
    sato = (d * sum((n1**2 * x2 - n2**2 * x1 + n1 * n2 * (n2 - n1) / 2) / n**2
                    for x1, _, n1, x2, _, n2, n in c)
            + sum((x1 * (n2 - x2) + x2 * (n1 - x1)) / (2 * n)
                  for x1, _, n1, x2, _, n2, n in c)) / total**2
    gr = sum((n1 * n2 / n)**2 * (x1 / n1 * y1 / n1 / n1 + x2 / n2 * y2 / n2 / n2)
             for x1, y1, n1, x2, y2, n2, n in c) / total**2
    num = lambda f: mp.mpf(f.numerator) / f.denominator
    wald = lambda v: (max(mp.mpf(-1), num(d) - z * mp.sqrt(num(v))),
                      min(mp.mpf(1), num(d) + z * mp.sqrt(num(v))))
    r = sum(x1 * n2 / n for x1, _, n1, x2, _, n2, n in c)
    s = sum(x2 * n1 / n for x1, _, n1, x2, _, n2, n in c)
    log_rr = (sum((n1 * n2 * (x1 + x2) - x1 * x2 * n) / n**2
                  for x1, _, n1, x2, _, n2, n in c) / (r * s)) if r and s else None
    R = [x1 * y2 / n for x1, _, _, _, y2, _, n in c]
    S = [x2 * y1 / n for _, y1, _, x2, _, _, n in c]
    P = [(x1 + y2) / n for x1, _, _, _, y2, _, n in c]
    Q = [1 - p for p in P]
    ro, so = sum(R), sum(S)
    log_or = (sum(p * a for p, a in zip(P, R)) / (2 * ro**2)
              + sum(p * b + q * a for p, q, a, b in zip(P, Q, R, S)) / (2 * ro * so)
              + sum(q * b for q, b in zip(Q, S)) / (2 * so**2)) if ro and so else None
    everything = (mp.mpf(0), mp.inf)
    limits = {
        "stratified-miettinen-nurminen": score_limits("difference", strata, z, True),
        "stratified-newcombe": newcombe(strata, z, num(d)),
        "mantel-haenszel-sato": wald(max(F(0), sato)),
        "mantel-haenszel-greenland-robins": wald(gr),
        "mantel-haenszel-ratio": log_limits(num(r / s), num(log_rr), z) if log_rr is not None
        else everything,
        "stratified-score-ratio": score_limits("ratio", strata, z, True),
        "mantel-haenszel-odds-ratio": log_limits(num(ro / so), num(log_or), z)
        if log_or is not None else everything,
    }
    p = {}
    delta = sum(x1 - n1 * (x1 + x2) / n for x1, _, n1, x2, _, _, n in c)
    v = sum(n1 * n2 * (x1 + x2) * (y1 + y2) / (n**2 * (n - 1))
            for x1, y1, n1, x2, y2, n2, n in c)
    for name, cc in (("cochran-mantel-haenszel", F(0)), ("cochran-mantel-haenszel-cc", F(1, 2))):
        size = abs(delta) - (cc if abs(delta) >= cc else 0)
        zz = num(size) / mp.sqrt(num(v)) * (1 if delta >= 0 else -1) if v else mp.mpf(0)
        p[name] = [float(normal(zz, a)) for a in ALTERNATIVES]
    live = [t for t in strata if 0 < t[0] + t[2] < t[1] + t[3]]
    if len(live) > 1 and ro and so:
        odds = num(ro / so)
        chi = gap = var = mp.mpf(0)
        for x1, n1, x2, n2 in live:
            a = rates("odds", (x1, n1, x2, n2), odds)[0] * n1
            w = 1 / (1 / a + 1 / (n1 - a) + 1 / (x1 + x2 - a) + 1 / (n2 - x1 - x2 + a))
            chi, gap, var = chi + (x1 - a)**2 / w, gap + x1 - a, var + w
        for name, q in (("breslow-day", chi), ("breslow-day-tarone", chi - gap**2 / var)):
            p[name] = [float(chi_square_tail(q, len(live) - 1))] * 3
    made = {"strata": [list(t) for t in strata], "level": level,
            "limits": {k: [number(v) for v in pair] for k, pair in limits.items()}, "pValues": p}
    return made


def newcombe(strata, z, d):
    raw = [mp.mpf(n1) * n2 / (n1 + n2) for _, n1, _, n2 in strata]
    w = [v / sum(raw) for v in raw]
    def group(counts):
        v = [mp.mpf(x) * (n - x) / n**3 for x, n in counts]
        if not any(v):
            v = [1 / mp.mpf(n) for _, n in counts]
        q = z * mp.sqrt(sum(a * a * b for a, b in zip(w, v))) / sum(
            a * mp.sqrt(b) for a, b in zip(w, v))
        low = high = mp.mpf(0)
        for a, (x, n) in zip(w, counts):
            center = (x + q * q / 2) / (n + q * q)
            half = q * mp.sqrt(mp.mpf(x) * (n - x) / n + q * q / 4) / (n + q * q)
            low, high = low + a * (center - half), high + a * (center + half)
        lam = sum(a * a / n for a, (_, n) in zip(w, counts))
        return lam * low * (1 - low), lam * high * (1 - high)
    l1, u1 = group([(x1, n1) for x1, n1, _, _ in strata])
    l2, u2 = group([(x2, n2) for _, _, x2, n2 in strata])
    return (max(mp.mpf(-1), d - z * mp.sqrt(abs(l1) + abs(u2))),
            min(mp.mpf(1), d + z * mp.sqrt(abs(u1) + abs(l2))))


# Ordered groups


TRENDS = [([(1, 8), (4, 11), (10, 11)], ["1", "2", "3"]),
          ([(2, 8), (5, 8), (8, 14)], ["0.25", "1.25", "6.25"]),
          ([(0, 3), (0, 3), (2, 6), (3, 6)], ["10", "20", "40", "80"]),
          ([(2, 10), (2, 10), (3, 10), (6, 10), (7, 10)], ["1", "2", "3", "4", "5"]),
          ([(5, 15), (6, 16), (4, 14), (8, 17)], ["0", "1", "2", "3"]),
          ([(3, 5), (0, 4)], ["0.1", "0.3"]), ([(5, 5), (0, 7), (3, 3)], ["0.1", "0.2", "0.3"]),
          ([(0, 5), (0, 6)], ["1", "2"]), ([(4, 4), (6, 6), (1, 1)], ["1", "2", "4"]),
          ([(1, 1), (0, 1), (1, 1)], ["1", "2", "3"]),
          ([(1, 20), (3, 20), (5, 20), (9, 20)], ["0", "1", "2", "3"])]


def tables_of(sizes, s):
    if len(sizes) == 1:
        if 0 <= s <= sizes[0]:
            yield (s,)
        return
    for x in range(min(sizes[0], s) + 1):
        for rest in tables_of(sizes[1:], s - x):
            yield (x,) + rest


def exact_trend(groups, statistic):
    xs, sizes = [x for x, _ in groups], [n for _, n in groups]
    s, n = sum(xs), sum(sizes)
    weights = []
    for table in tables_of(sizes, s):
        w = 1
        for x, size in zip(table, sizes):
            w *= comb(size, x)
        weights.append((statistic(table), w))
    total = comb(n, s)
    assert sum(w for _, w in weights) == total
    mean = sum(v * w for v, w in weights) / Fraction(total)
    own = statistic(xs)
    return [float(Fraction(sum(w for v, w in weights if take(v)), total)) for take in (
        lambda v: abs(v - mean) >= abs(own - mean), lambda v: v >= own, lambda v: v <= own)]


def pairs(values):
    """Jonckheere's statistic, pair by pair."""
    return sum(Fraction(2 * (a < b) + (a == b), 2) for i in range(len(values))
               for j in range(i) for a in values[j] for b in values[i])


def jonckheere_normal(values, corrected):
    sizes = [len(v) for v in values]
    flat = sorted(itertools.chain(*values))
    n = len(flat)
    ties = [flat.count(v) for v in set(flat)] if corrected else []
    F = Fraction
    mean = F(n * n - sum(k * k for k in sizes), 4)
    a = lambda k: k * (k - 1) * (2 * k + 5)
    b = lambda k: k * (k - 1) * (k - 2)
    c = lambda k: k * (k - 1)
    v = F(a(n) - sum(map(a, sizes)) - sum(map(a, ties)), 72)
    if n > 2:
        v += F(sum(map(b, sizes)) * sum(map(b, ties)), 36 * b(n))
    v += F(sum(map(c, sizes)) * sum(map(c, ties)), 8 * c(n))
    z = (mp.mpf(1) * (pairs(values) - mean).numerator / (pairs(values) - mean).denominator
         / mp.sqrt(mp.mpf(v.numerator) / v.denominator)) if v else mp.mpf(0)
    return [float(normal(z, alternative)) for alternative in ALTERNATIVES]


def trend_row(groups, scores):
    d = [Fraction(v) for v in scores]
    s, n = sum(x for x, _ in groups), sum(m for _, m in groups)
    values = [[1] * x + [0] * (m - x) for x, m in groups]
    p = {"cochran-armitage-exact": exact_trend(groups, lambda t: sum(
             a * b for a, b in zip(t, d))),
         "jonckheere-exact": exact_trend(groups, lambda t: pairs(
             [[1] * x + [0] * (m - x) for x, (_, m) in zip(t, groups)]))
         if n <= 40 else None}
    if 0 < s < n:
        slope = sum(a * x for a, (x, _) in zip(d, groups)) - Fraction(s, n) * sum(
            a * m for a, (_, m) in zip(d, groups))
        var = Fraction(s * (n - s), n * n) * (sum(a * a * m for a, (_, m) in zip(d, groups))
                                              - sum(a * m for a, (_, m) in zip(d, groups))**2
                                              / Fraction(n))
        z = mp.mpf(slope.numerator) / slope.denominator / mp.sqrt(
            mp.mpf(var.numerator) / var.denominator)
        p["cochran-armitage"] = [float(normal(z, a)) for a in ALTERNATIVES]
        p["jonckheere"] = jonckheere_normal(values, True)
        p["jonckheere-untied"] = jonckheere_normal(values, False)
    else:
        for name in ("cochran-armitage", "jonckheere", "jonckheere-untied"):
            p[name] = [1.0] * 3
    return {"groups": [list(g) for g in groups], "scores": [float(v) for v in scores],
            "pValues": {k: v for k, v in p.items() if v}}


def homogeneity_row(groups):
    xs, sizes = [x for x, _ in groups], [n for _, n in groups]
    s, n = sum(xs), sum(sizes)
    def weight(t):
        w = 1
        for x, m in zip(t, sizes):
            w *= comb(m, x)
        return w
    own = weight(xs)
    exact = Fraction(sum(w for w in map(weight, tables_of(sizes, s)) if w <= own * TIE),
                     comb(n, s))
    chi = sum((Fraction(x) - Fraction(m * s, n))**2 * n * n / Fraction(m * s * (n - s))
              for x, m in groups) if 0 < s < n else Fraction(0)
    tail = chi_square_tail(mp.mpf(chi.numerator) / chi.denominator, len(groups) - 1)
    return {"groups": [list(g) for g in groups],
            "pValues": {"homogeneity-chi-square": [float(tail)],
                        "fisher-freeman-halton": [float(exact)]}}


def jonckheere_row(values):
    """Every arrangement of the values over the groups."""
    sizes = [len(v) for v in values]
    flat = list(itertools.chain(*values))
    own = pairs(values)
    counts = {}
    def arrange(left, sizes, done):
        if not sizes:
            j = pairs(done)
            counts[j] = counts.get(j, 0) + 1
            return
        for chosen in itertools.combinations(left, sizes[0]):
            rest = [v for v in left if v not in chosen]
            arrange(rest, sizes[1:], done + [list(chosen)])
    arrange(flat, sizes, [])
    total = sum(counts.values())
    up = Fraction(sum(c for j, c in counts.items() if j >= own), total)
    down = Fraction(sum(c for j, c in counts.items() if j <= own), total)
    return {"values": values, "pValues": {
        "exact": [float(min(Fraction(1), 2 * min(up, down))), float(up), float(down)],
        "tied": jonckheere_normal(values, True), "untied": jonckheere_normal(values, False)}}


# Tipping points


def tipping_row(x, n, method):
    """Sign changes of p - 0.05 over 20,001 rates, each bisected."""
    alpha = mp.mpf("0.05")
    tie = 1 + mp.mpf(10) ** -7
    ways = [mp.mpf(comb(n, k)) for k in range(n + 1)]
    def p_value(rate):
        q = 1 - rate
        f = [ways[k] * rate**k * q**(n - k) for k in range(n + 1)]
        low, up = mp.fsum(f[:x + 1]), mp.fsum(f[x:])
        if method == "exact":
            return min(1, mp.fsum(v for v in f if v <= f[x] * tie))
        if method == "blaker":
            bound = min(low, up) * tie
            total, run = mp.mpf(0), mp.mpf(0)
            for v in f:
                run += v
                if run > bound:
                    break
                total += v
            run = mp.mpf(0)
            for v in reversed(f):
                run += v
                if run > bound:
                    break
                total += v
            return min(1, total)
        if method == "exact-doubled":
            return min(1, 2 * min(low, up))
        if method == "mid-p":
            return min(1, 2 * (min(low, up) - f[x] / 2))
        z = abs(x - n * rate)
        if method == "score-cc":
            z = max(0, z - mp.mpf(1) / 2)
        return normal(z / mp.sqrt(n * rate * q))
    points = []
    grid = [mp.mpf(k) / 4001 for k in range(1, 4001)]
    mp.mp.dps = 20
    verdicts = [p_value(r) <= alpha for r in grid]
    mp.mp.dps = 40
    for a, b, va, vb in zip(grid, grid[1:], verdicts, verdicts[1:]):
        if va != vb:
            low, high = a, b
            for _ in range(70):
                middle = (low + high) / 2
                low, high = (middle, high) if (p_value(middle) <= alpha) == va else (low, middle)
            points.append([float((low + high) / 2), float(vb)])
    return {"x": x, "n": n, "method": method, "points": points}


def tipping():
    methods = ("exact", "exact-doubled", "mid-p", "blaker", "score", "score-cc")
    return [tipping_row(x, n, m) for x, n in ((29, 30), (15, 30), (1, 30), (11, 37), (4, 8), (7, 20))
            for m in methods]


def write(name, quantity, rows):
    with open(f"{FOLDER}/{name}.json", "w") as file:
        head = {"quantity": quantity, "relativeTolerance": 1e-10,
                "source": "generate/ratios_and_strata.py: fractions of Python 3.11, "
                          f"mpmath {mp.__version__} at 40 digits, rounded once to double"}
        text = json.dumps(head, indent=1)[:-2] + ',\n "rows": [\n  '
        file.write(text + ",\n  ".join(json.dumps(r) for r in rows) + "\n ]\n}\n")
    print(name, len(rows), file=sys.stderr, flush=True)


MAKERS = {
    "more-differences": ("limits for the difference of two rates", lambda: both(difference_row)),
    "ratio-intervals": ("limits for the ratio of two rates", lambda: both(ratio_row)),
    "odds-ratio-intervals": ("limits for the odds ratio of two groups", lambda: both(odds_row)),
    "stratified": ("limits and p-values over strata",
                   lambda: [strata_row(s, level) for s in STRATA for level in (0.95, 0.9)]),
    "trend": ("p-values for a trend: two-sided, greater, less",
              lambda: [trend_row(*t) for t in TRENDS]),
    "homogeneity": ("p-values of one rate in all groups",
                    lambda: [homogeneity_row(g) for g, _ in TRENDS]),
    "jonckheere": ("p-values of Jonckheere's test of values: two-sided, greater, less",
                   lambda: [jonckheere_row(v) for v in (
                       [[1, 4], [2, 6], [5, 7]], [[5, 4, 3], [8, 7], [6, 9, 2]],
                       [[1, 2, 3], [4, 5, 6, 7]], [[9], [5], [2], [3]],
                       [[1.5, 2.5, 0.5], [3.5], [2.75, 9]])]),
    "tipping-points": ("control rates at which the conclusion at 0.05 changes, 1 where it "
                       "becomes a rejection", tipping),
}

if __name__ == "__main__":
    for name in sys.argv[2:] or MAKERS:
        quantity, make = MAKERS[name]
        write(name, quantity, make())
