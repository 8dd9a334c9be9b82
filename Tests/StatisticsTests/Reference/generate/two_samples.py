#!/usr/bin/env python3
"""Writes two-sample-tests.json and difference-intervals.json.

Tables are ordered and compared as Python integers or fractions. The probability of the tables as
extreme as the observed one is summed over both groups at 8,001 common rates, and every peak
within a tenth of the highest is refined by golden-section search at 40 digits. Differences are
found by maximizing the likelihood itself under the constraint, by golden-section search, not by
its cubic or its slope.

Python 3.11, mpmath 1.3, NumPy and SciPy (for the grid only).
Usage: two_samples.py OUTPUT_FOLDER
"""
import json
import sys
from fractions import Fraction
from math import comb

import mpmath as mp
import numpy as np
from scipy.stats import binom

mp.mp.dps = 40
FOLDER = sys.argv[1]
ALTERNATIVES = ("two-sided", "greater", "less")


class Tables:
    """All tables of two groups, and which of them are as extreme as the observed one."""

    def __init__(self, x1, n1, x2, n2):
        self.x1, self.n1, self.x2, self.n2 = x1, n1, x2, n2
        self.n = n1 + n2
        self.ways1 = [comb(n1, i) for i in range(n1 + 1)]
        self.ways2 = [comb(n2, j) for j in range(n2 + 1)]
        self.cache = {}

    def diagonal(self, s):
        return range(max(0, s - self.n2), min(s, self.n1) + 1)

    def weights(self, s):
        return {i: self.ways1[i] * self.ways2[s - i] for i in self.diagonal(s)}

    def fisher(self, i, j, alternative, half=False):
        """Numerator over comb(n, i + j), twice it when `half` asks for a mid-p."""
        w = self.weights(i + j)
        own = w[i]
        if alternative == "two-sided":
            within = [v for v in w.values() if v * 10**7 <= own * (10**7 + 1)]
            tied = [v for v in within if v * (10**7 + 1) >= own * 10**7]
        else:
            within = [v for k, v in w.items() if (k >= i if alternative == "greater" else k <= i)]
            tied = [own]
        return 2 * sum(within) - sum(tied) if half else sum(within)

    def fisher_p(self, alternative):
        return Fraction(self.fisher(self.x1, self.x2, alternative),
                        comb(self.n, self.x1 + self.x2))

    def fisher_mid_p(self, alternative):
        if alternative == "two-sided" and len(self.diagonal(self.x1 + self.x2)) == 1:
            return Fraction(1)  # by convention, where the margins leave one table
        return Fraction(self.fisher(self.x1, self.x2, alternative, half=True),
                        2 * comb(self.n, self.x1 + self.x2))

    def all_fisher(self, alternative):
        """Numerators of every table, diagonal by diagonal."""
        out = {}
        for s in range(self.n + 1):
            w = self.weights(s)
            keys = list(w)
            if alternative == "two-sided":
                for i in keys:
                    own = w[i]
                    out[i, s - i] = sum(v for v in w.values() if v * 10**7 <= own * (10**7 + 1))
            else:
                total = 0
                for i in (reversed(keys) if alternative == "greater" else keys):
                    total += w[i]
                    out[i, s - i] = total
        return out

    def boschloo_region(self, alternative):
        p = self.all_fisher(alternative)
        own, over = p[self.x1, self.x2], comb(self.n, self.x1 + self.x2)
        mask = np.zeros((self.n1 + 1, self.n2 + 1))
        for (i, j), numerator in p.items():
            if numerator * over <= own * comb(self.n, i + j):
                mask[i, j] = 1
        return mask

    def z_key(self, i, j):
        """The sign of z and z squared up to a common factor, as a fraction."""
        d = i * self.n2 - j * self.n1
        v = (i + j) * (self.n - i - j)
        return Fraction(d * abs(d), v) if v else Fraction(0)

    def barnard_region(self, alternative):
        own = self.z_key(self.x1, self.x2)
        mask = np.zeros((self.n1 + 1, self.n2 + 1))
        for i in range(self.n1 + 1):
            for j in range(self.n2 + 1):
                z = self.z_key(i, j)
                mask[i, j] = (abs(z) >= abs(own) if alternative == "two-sided"
                              else z >= own if alternative == "greater" else z <= own)
        return mask

    def probability(self, mask, p):
        """At 40 digits, summed over both groups."""
        p = mp.mpf(p)
        if p <= 0 or p >= 1:
            return mp.mpf(mask[0, 0] if p <= 0 else mask[-1, -1])
        q = 1 - p
        f1 = [self.ways1[i] * p**i * q**(self.n1 - i) for i in range(self.n1 + 1)]
        f2 = [self.ways2[j] * p**j * q**(self.n2 - j) for j in range(self.n2 + 1)]
        sums = [mp.mpf(0)]
        for f in f2:
            sums.append(sums[-1] + f)
        total = mp.mpf(0)
        for i in range(self.n1 + 1):
            edges = np.flatnonzero(np.diff(np.concatenate(([0], mask[i], [0]))))
            for a, b in zip(edges[::2], edges[1::2]):
                total += f1[i] * (sums[b] - sums[a])
        return total

    def supremum(self, mask, low=0.0, high=1.0):
        angles = np.linspace(np.arcsin(np.sqrt(float(low))), np.arcsin(np.sqrt(float(high))), 8001)
        rates = np.sin(angles) ** 2
        f1 = binom.pmf(np.arange(self.n1 + 1)[None, :], self.n1, rates[:, None])
        f2 = binom.pmf(np.arange(self.n2 + 1)[None, :], self.n2, rates[:, None])
        values = ((f1 @ mask) * f2).sum(1)
        best = max((self.probability(mask, r), r) for r in (low, high))
        top = values.max()
        for k in range(1, len(angles) - 1):
            if values[k] >= values[k - 1] and values[k] >= values[k + 1] and values[k] > top * 0.9:
                if best[0] >= 1:
                    break
                best = max(best, self.golden(mask, angles[k - 1], angles[k + 1]))
                if values[k] > 1 - 1e-12:
                    break
        return best[0]

    def golden(self, mask, a, b):
        a, b = mp.mpf(a), mp.mpf(b)
        ratio = (mp.sqrt(5) - 1) / 2
        f = lambda t: self.probability(mask, mp.sin(t) ** 2)
        c, d = b - ratio * (b - a), a + ratio * (b - a)
        fc, fd = f(c), f(d)
        while b - a > 1e-10:
            if fc > fd:
                b, d, fd = d, c, fc
                c = b - ratio * (b - a)
                fc = f(c)
            else:
                a, c, fc = c, d, fd
                d = a + ratio * (b - a)
                fd = f(d)
        return max((fc, float(mp.sin(c) ** 2)), (fd, float(mp.sin(d) ** 2)))


def tail(z, alternative):
    up = lambda v: mp.erfc(v / mp.sqrt(2)) / 2
    return {"two-sided": 2 * up(abs(z)), "greater": up(z), "less": up(-z)}[alternative]


def pooled_z(t, correction=0):
    d = t.x1 * t.n2 - t.x2 * t.n1
    s = t.x1 + t.x2
    away = max(mp.mpf(0), mp.mpf(abs(d)) / t.n - mp.mpf(correction))
    if away == 0:
        return mp.mpf(0)
    z = away / mp.sqrt(mp.mpf(t.n1) * t.n2 * s * (t.n - s) / mp.mpf(t.n) ** 3)
    return z if d > 0 else -z


def likelihood_ratio_z(t):
    s = t.x1 + t.x2
    total = mp.mpf(0)
    for x, n, margin in ((t.x1, t.n1, s), (t.n1 - t.x1, t.n1, t.n - s), (t.x2, t.n2, s),
                         (t.n2 - t.x2, t.n2, t.n - s)):
        if x:
            total += x * mp.log(mp.mpf(x) * t.n / (mp.mpf(n) * margin))
    z = mp.sqrt(max(mp.mpf(0), 2 * total))
    return z if t.x1 * t.n2 > t.x2 * t.n1 else -z


def common_limits(t, gamma):
    """Clopper-Pearson limits by bisection over exact sums."""
    s, n = t.x1 + t.x2, t.n
    ways = [comb(n, k) for k in range(n + 1)]
    def bisect(f):
        a, b = mp.mpf(0), mp.mpf(1)
        for _ in range(80):
            m = (a + b) / 2
            a, b = (m, b) if f(m) < 0 else (a, m)
        return (a + b) / 2
    up = lambda p: mp.fsum(ways[k] * p**k * (1 - p)**(n - k) for k in range(s, n + 1))
    down = lambda p: mp.fsum(ways[k] * p**k * (1 - p)**(n - k) for k in range(0, s + 1))
    low = mp.mpf(0) if s == 0 else bisect(lambda p: up(p) - gamma / 2)
    high = mp.mpf(1) if s == n else bisect(lambda p: gamma / 2 - down(p))
    return low, high


def two_sample_row(x1, n1, x2, n2, unconditional=True):
    t = Tables(x1, n1, x2, n2)
    gamma = mp.mpf("0.001")
    out = {"chi-square": [tail(pooled_z(t), a) for a in ALTERNATIVES],
           "chi-square-yates": [tail(pooled_z(t, 0.5), a) for a in ALTERNATIVES],
           "score-mn": [tail(pooled_z(t) * mp.sqrt(mp.mpf(t.n - 1) / t.n), a)
                        for a in ALTERNATIVES],
           "likelihood-ratio": [tail(likelihood_ratio_z(t), a) for a in ALTERNATIVES],
           "fisher": [t.fisher_p(a) for a in ALTERNATIVES],
           "fisher-mid-p": [t.fisher_mid_p(a) for a in ALTERNATIVES]}
    if unconditional:
        masks = {a: t.barnard_region(a) for a in ALTERNATIVES}
        out["barnard"] = [t.supremum(masks[a]) for a in ALTERNATIVES]
        low, high = common_limits(t, gamma)
        out["barnard-berger-boos"] = [
            min(mp.mpf(1), t.supremum(masks[a], low, high) + gamma) for a in ALTERNATIVES]
        boschloo = {a: t.supremum(t.boschloo_region(a)) for a in ALTERNATIVES}
        out["boschloo"] = [boschloo[a] for a in ALTERNATIVES]
        out["boschloo-central"] = [min(mp.mpf(1), 2 * min(boschloo["greater"], boschloo["less"])),
                                   boschloo["greater"], boschloo["less"]]
    return {"table": [x1, n1, x2, n2],
            "pValues": {k: [float(v) for v in vs] for k, vs in out.items()}}


SMALL = [(0, 1, 0, 1), (1, 1, 0, 1), (0, 2, 2, 2), (1, 2, 1, 3), (0, 6, 2, 6), (5, 6, 0, 4),
         (10, 20, 5, 6), (7, 10, 2, 10), (0, 10, 5, 10), (10, 10, 4, 10), (7, 12, 3, 12),
         (4, 12, 9, 11), (3, 3, 0, 3), (5, 15, 5, 15), (0, 15, 0, 12), (15, 15, 12, 12),
         (2, 7, 6, 13), (0, 7, 13, 13), (5, 25, 15, 35), (5, 25, 16, 41), (10, 35, 24, 61),
         (14, 20, 8, 20), (9, 12, 5, 12), (27, 57, 3, 3), (11, 21, 2, 19), (14, 17, 6, 16),
         (17, 45, 9, 50), (2, 50, 9, 48), (30, 60, 18, 62), (1, 40, 0, 13), (33, 34, 27, 34),
         (8, 40, 8, 40), (9, 40, 8, 40)]
MIDDLE = [(15, 30, 61, 243), (14, 47, 48, 283), (25, 100, 40, 100), (56, 70, 48, 80),
          (36, 154, 12, 77)]
LARGE = [(0, 1000, 7, 900), (501, 1000, 400, 901), (4999, 10000, 5100, 10000),
         (10000, 10000, 9990, 10000), (1, 10000, 0, 5)]


def tests():
    rows = []
    for t in SMALL + MIDDLE:
        rows.append(two_sample_row(*t))
        print("test", t, file=sys.stderr, flush=True)
    rows += [two_sample_row(*t, unconditional=False) for t in LARGE]
    return rows


# Differences


def restricted(x1, n1, x2, n2, delta):
    """The likeliest control rate when the rates differ by delta."""
    low, high = max(mp.mpf(0), -delta), min(mp.mpf(1), 1 - delta)
    def term(k, p):
        return mp.mpf(0) if k == 0 else (k * mp.log(p) if p > 0 else mp.mpf("-inf"))
    def likelihood(p):
        return (term(x1, p + delta) + term(n1 - x1, 1 - p - delta) + term(x2, p)
                + term(n2 - x2, 1 - p))
    ratio = (mp.sqrt(5) - 1) / 2
    a, b = low, high
    c, d = b - ratio * (b - a), a + ratio * (b - a)
    fc, fd = likelihood(c), likelihood(d)
    while b - a > mp.mpf(10) ** -26:
        if fc > fd:
            b, d, fd = d, c, fc
            c = b - ratio * (b - a)
            fc = likelihood(c)
        else:
            a, c, fc = c, d, fd
            d = a + ratio * (b - a)
            fd = likelihood(d)
    best = max((likelihood(p), p) for p in ((a + b) / 2, low, high))[1]
    return best


def mn_limit(x1, n1, x2, n2, z, side):
    estimate = mp.mpf(x1) / n1 - mp.mpf(x2) / n2
    if estimate == side:
        return mp.mpf(side)
    n = mp.mpf(n1 + n2)
    def f(delta):
        p2 = restricted(x1, n1, x2, n2, delta)
        p1 = p2 + delta
        v = (p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2) * n / (n - 1)
        return (delta - estimate) ** 2 - z * z * v
    inner, outer = estimate + (side - estimate) * mp.mpf(10) ** -20, mp.mpf(side)
    f_in, f_out = f(inner), f(outer)
    assert f_in < 0 <= f_out, (x1, n1, x2, n2, f_in, f_out)
    bent = 0
    for k in range(200):
        x = (inner * f_out - outer * f_in) / (f_out - f_in)
        if k % 8 == 7:
            x = (inner + outer) / 2
        y = f(x)
        if y == 0 or abs(outer - inner) < mp.mpf(10) ** -19:
            return x
        if y < 0:
            inner, f_in = x, y
            if bent == -1:
                f_out /= 2
            bent = -1
        else:
            outer, f_out = x, y
            if bent == 1:
                f_in /= 2
            bent = 1
    raise ValueError("no convergence")


def wilson(x, n, z, half):
    """Roots of the score equation with x moved by half a patient, by polynomial roots."""
    def root(y, pick):
        c = [mp.mpf(n) + z * z, -(2 * mp.mpf(y) + z * z), mp.mpf(y) ** 2 / n]
        disc = mp.sqrt(c[1] ** 2 - 4 * c[0] * c[2])
        return (-c[1] + pick * disc) / (2 * c[0])
    return (mp.mpf(0) if x == 0 else root(x - half, -1),
            mp.mpf(1) if x == n else root(x + half, 1))


def newcombe(x1, n1, x2, n2, z, half):
    p1, p2 = mp.mpf(x1) / n1, mp.mpf(x2) / n2
    (l1, u1), (l2, u2) = wilson(x1, n1, z, half), wilson(x2, n2, z, half)
    return (max(mp.mpf(-1), p1 - p2 - mp.sqrt((p1 - l1) ** 2 + (u2 - p2) ** 2)),
            min(mp.mpf(1), p1 - p2 + mp.sqrt((u1 - p1) ** 2 + (p2 - l2) ** 2)))


def wald(x1, n1, x2, n2, z):
    p1, p2 = mp.mpf(x1) / n1, mp.mpf(x2) / n2
    h = z * mp.sqrt(p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)
    return max(mp.mpf(-1), p1 - p2 - h), min(mp.mpf(1), p1 - p2 + h)


def difference_row(x1, n1, x2, n2, level):
    z = mp.sqrt(2) * mp.erfinv(mp.mpf(level))
    half = mp.mpf(1) / 2
    out = {"miettinen-nurminen": [mn_limit(x1, n1, x2, n2, z, side) for side in (-1, 1)],
           "newcombe": newcombe(x1, n1, x2, n2, z, 0),
           "newcombe-cc": newcombe(x1, n1, x2, n2, z, half),
           "agresti-caffo": wald(x1 + 1, n1 + 2, x2 + 1, n2 + 2, z),
           "wald": wald(x1, n1, x2, n2, z)}
    return {"table": [x1, n1, x2, n2], "level": level,
            "limits": {k: [float(v) for v in vs] for k, vs in out.items()}}


def differences():
    rows = []
    for t in SMALL + MIDDLE + LARGE:
        for level in (0.95, 0.9) if t in SMALL else (0.95,):
            rows.append(difference_row(*t, level))
            print("difference", t, file=sys.stderr, flush=True)
    return rows


def write(name, quantity, rows):
    with open(f"{FOLDER}/{name}.json", "w") as file:
        head = {"quantity": quantity, "relativeTolerance": 1e-10,
                "source": f"generate/two_samples.py: integers and fractions of Python 3.11, "
                          f"mpmath {mp.__version__} at 40 digits, rounded once to double"}
        text = json.dumps(head, indent=1)[:-2] + ',\n "rows": [\n  '
        file.write(text + ",\n  ".join(json.dumps(r) for r in rows) + "\n ]\n}\n")


if __name__ == "__main__":
    which = sys.argv[2:] or ["tests", "differences"]
    if "tests" in which:
        write("two-sample-tests", "p-values of two groups: two-sided, greater, less", tests())
    if "differences" in which:
        write("difference-intervals", "limits for the difference of two rates", differences())
