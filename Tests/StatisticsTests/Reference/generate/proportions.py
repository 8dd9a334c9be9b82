#!/usr/bin/env python3
"""Writes proportion-intervals.json and one-sample-tests.json.

Everything is computed by mpmath at 50 digits from definitions: binomial tails are summed term by
term, limits are found by bisection on the test they invert, Blaker's by a search of its
acceptability function over a dense grid. No incomplete beta function and none of the closed
forms or brackets of the code under test are used, except where the definition is a closed form
(Wald, Agresti-Coull) or a beta quantile (Jeffreys: the posterior is integrated numerically).

Python 3.11, mpmath 1.3, NumPy and SciPy (only to place Blaker's grid).
Usage: proportions.py OUTPUT_FOLDER
"""
import json
import sys

import mpmath as mp
import numpy as np
from scipy.stats import binom

mp.mp.dps = 50
FOLDER = sys.argv[1]


def pmf(k, n, p):
    if k < 0 or k > n:
        return mp.mpf(0)
    if p == 0 or p == 1:
        return mp.mpf(1 if k == n * p else 0)
    return mp.exp(mp.loggamma(n + 1) - mp.loggamma(k + 1) - mp.loggamma(n - k + 1)
                  + k * mp.log(p) + (n - k) * mp.log1p(-p))


def lower(k, n, p):
    """Pr(X <= k), summed from k down."""
    if k < 0:
        return mp.mpf(0)
    if k >= n or p == 0:
        return mp.mpf(1)
    if p == 1:
        return mp.mpf(0)
    if k > n * p:
        return 1 - upper(k + 1, n, p)
    term = pmf(k, n, p)
    total, odds = term, (1 - p) / p
    for j in range(k, 0, -1):
        term *= odds * j / (n - j + 1)
        total += term
        if term < total * mp.mpf(10) ** -48:
            break
    return total


def upper(k, n, p):
    """Pr(X >= k)."""
    if k <= 0:
        return mp.mpf(1)
    if k > n or p == 0:
        return mp.mpf(0)
    if p == 1:
        return mp.mpf(1)
    if k < n * p:
        return 1 - lower(k - 1, n, p)
    term = pmf(k, n, p)
    total, odds = term, p / (1 - p)
    for j in range(k, n):
        term *= odds * (n - j) / (j + 1)
        total += term
        if term < total * mp.mpf(10) ** -48:
            break
    return total


def root(f, low, high):
    """The sign change of f by the Illinois rule, f increasing or decreasing."""
    low, high = mp.mpf(low), mp.mpf(high)
    f_low, f_high = f(low), f(high)
    assert (f_low < 0) != (f_high < 0), (low, high, f_low, f_high)
    side = 0
    for _ in range(400):
        x = (low * f_high - high * f_low) / (f_high - f_low)
        if not (min(low, high) < x < max(low, high)):
            x = (low + high) / 2
        y = f(x)
        if y == 0 or abs(high - low) < abs(x) * mp.mpf(10) ** -25:
            return x
        if (y < 0) == (f_low < 0):
            low, f_low = x, y
            if side == -1:
                f_high /= 2
            side = -1
        else:
            high, f_high = x, y
            if side == 1:
                f_low /= 2
            side = 1
        if _ % 20 == 19:
            m = (low + high) / 2
            y = f(m)
            if (y < 0) == (f_low < 0):
                low, f_low = m, y
            else:
                high, f_high = m, y
    return (low + high) / 2


TINY = mp.mpf(10) ** -30


def inverted(x, n, half, tail_up, tail_down):
    """Limits at which an upper-tail and a lower-tail test just reject at `half`."""
    low = mp.mpf(0) if x == 0 else root(lambda p: mp.log(tail_up(p) / half), TINY, mp.mpf(x) / n
                                        if tail_up(mp.mpf(x) / n) > half else 1 - TINY)
    high = mp.mpf(1) if x == n else root(lambda p: mp.log(tail_down(p) / half), mp.mpf(x) / n
                                         if tail_down(mp.mpf(x) / n) > half else TINY, 1 - TINY)
    return low, high


def clopper_pearson(x, n, alpha, z):
    return inverted(x, n, alpha / 2, lambda p: upper(x, n, p), lambda p: lower(x, n, p))


def mid_p(x, n, alpha, z):
    return inverted(x, n, alpha / 2, lambda p: upper(x + 1, n, p) + pmf(x, n, p) / 2,
                    lambda p: lower(x - 1, n, p) + pmf(x, n, p) / 2)


def score_root(x, n, z, shift, side):
    """Where |x - n p| - shift = z sqrt(n p q), below (side -1) or above the estimate."""
    f = lambda p: side * (n * p - x) - shift - z * mp.sqrt(n * p * (1 - p))
    # At an estimate of 0 or 1 the equation holds trivially: start just beside it.
    return root(f, mp.mpf(0 if side < 0 else 1), (x + side * shift) / mp.mpf(n) + side * TINY)


def wilson(x, n, alpha, z):
    return (mp.mpf(0) if x == 0 else score_root(x, n, z, 0, -1),
            mp.mpf(1) if x == n else score_root(x, n, z, 0, 1))


def wilson_cc(x, n, alpha, z):
    half = mp.mpf(1) / 2
    return (mp.mpf(0) if x == 0 else score_root(x, n, z, half, -1),
            mp.mpf(1) if x == n else score_root(x, n, z, half, 1))


def beta_tail(x, n, p, side):
    """The posterior of Beta(1/2, 1/2) beyond p, by quadrature in t where rate = sin(t)^2."""
    a, b = mp.mpf(x), mp.mpf(n - x)
    norm = mp.log(2) - (mp.loggamma(a + mp.mpf(1) / 2) + mp.loggamma(b + mp.mpf(1) / 2)
                        - mp.loggamma(n + 1))
    density = lambda t: mp.exp(norm + (2 * a * mp.log(mp.sin(t)) if a else 0)
                               + (2 * b * mp.log(mp.cos(t)) if b else 0))
    edge = mp.asin(mp.sqrt(p))
    sd = 1 / (2 * mp.sqrt(n))
    if side < 0:
        start = max(mp.mpf(0), edge - 14 * sd)
        points = mp.linspace(start, edge, 9)
    else:
        stop = min(mp.pi / 2, edge + 14 * sd)
        points = mp.linspace(edge, stop, 9)
    with mp.workdps(30):
        return mp.quad(density, points)


def jeffreys(x, n, alpha, z):
    from scipy.stats import beta
    def near(q):
        guess = float(beta.ppf(q, x + .5, n - x + .5))
        side = -1 if q < .5 else 1
        f = lambda p: mp.log(beta_tail(x, n, p, side) / (alpha / 2))
        a, b = guess * (1 - 1e-6), guess + (1 - guess) * 1e-6 * min(1, guess)
        return root_loose(f, a, b)
    return (mp.mpf(0) if x == 0 else near(float(alpha / 2)),
            mp.mpf(1) if x == n else near(1 - float(alpha / 2)))


def root_loose(f, a, b):
    with mp.workdps(30):
        return mp.findroot(f, (a, b), solver="secant", tol=1e-20, verify=False)


def agresti_coull(x, n, alpha, z):
    m = n + z * z
    p = (x + z * z / 2) / m
    h = z * mp.sqrt(p * (1 - p) / m)
    return max(mp.mpf(0), p - h), min(mp.mpf(1), p + h)


def wald(x, n, alpha, z):
    p = mp.mpf(x) / n
    h = z * mp.sqrt(p * (1 - p) / n)
    return max(mp.mpf(0), p - h), min(mp.mpf(1), p + h)


def acceptability(x, n, p):
    """Blaker's: the smaller tail at x and the largest opposite tail not above it."""
    up, down = upper(x, n, p), lower(x, n, p)
    if up < down:
        k = int(binom.ppf(float(up), n, float(p))) + 2
        while k >= 0 and lower(k, n, p) > up:
            k -= 1
        return min(mp.mpf(1), up + lower(k, n, p))
    k = int(binom.isf(float(down), n, float(p))) - 2
    while k <= n and upper(k, n, p) > down:
        k += 1
    return min(mp.mpf(1), down + upper(k, n, p))


def acceptability_grid(x, n, p):
    up, down = binom.sf(x - 1, n, p), binom.cdf(x, n, p)
    k = binom.ppf(up, n, p)
    k = np.where(binom.cdf(k, n, p) > up, k - 1, k)
    low = up + np.where(k >= 0, binom.cdf(k, n, p), 0)
    j = binom.isf(down, n, p)
    j = np.where(binom.sf(j - 1, n, p) > down, j + 1, j)
    high = down + binom.sf(j - 1, n, p)
    return np.minimum(1, np.where(up < down, low, high))


def blaker(x, n, alpha, z):
    cp = clopper_pearson(x, n, alpha, z)
    estimate = x / n
    out = []
    for side, outer in ((-1, cp[0]), (1, cp[1])):
        if (side < 0 and x == 0) or (side > 0 and x == n):
            out.append(mp.mpf(0 if side < 0 else 1))
            continue
        # From the Clopper-Pearson limit, which Blaker's never goes beyond, to the estimate.
        outer = float(outer) * (1 - 1e-12) if side < 0 else float(outer) * (1 + 1e-12)
        outer = min(max(outer, 1e-300), 1 - 1e-16)
        t = np.linspace(0, 1, 40001) ** 2
        grid = outer + (estimate - outer) * t
        grid = grid[(grid > 0) & (grid < 1)]
        accepted = acceptability_grid(x, n, grid) >= float(alpha)
        first = int(np.argmax(accepted))
        reject, accept = mp.mpf(grid[first - 1]), mp.mpf(grid[first])
        for _ in range(90):
            m = (reject + accept) / 2
            if acceptability(x, n, m) >= alpha:
                accept = m
            else:
                reject = m
        out.append(accept)
    return tuple(out)


METHODS = {"clopper-pearson": clopper_pearson, "wilson": wilson, "wilson-cc": wilson_cc,
           "jeffreys": jeffreys, "agresti-coull": agresti_coull, "mid-p": mid_p,
           "blaker": blaker, "wald": wald}


def counts():
    small = [(x, n) for n in (1, 2, 5, 10) for x in range(n + 1)]
    middle = [(x, 30) for x in (0, 1, 7, 15, 22, 29, 30)]
    large = [(61, 243), (0, 243), (2, 123), (131, 134), (520, 1000), (999, 1000)]
    huge = [(x, 10000) for x in (0, 1, 37, 2500, 5000, 9990, 10000)]
    return small + middle + large + huge


def intervals():
    rows = []
    for x, n in counts():
        for level in (0.95, 0.9, 0.99, 0.5) if n in (10, 30) else (0.95,):
            alpha = 1 - mp.mpf(level)
            z = mp.sqrt(2) * mp.erfinv(mp.mpf(level))
            limits = {}
            for name, method in METHODS.items():
                limits[name] = [float(v) for v in method(x, n, alpha, z)]
            rows.append({"x": x, "n": n, "level": level, "limits": limits})
            print("interval", x, n, level, file=sys.stderr, flush=True)
    return rows


def exact_two_sided(x, n, p):
    d = pmf(x, n, p)
    limit = d * (1 + mp.mpf(10) ** -7)
    low = 0
    # Probabilities rise to the mode and fall behind it: the tables left out are contiguous.
    mode = int((n + 1) * p)
    if x == n * p:
        return mp.mpf(1)
    a, b = mode, mode
    if pmf(mode, n, p) <= limit:
        return mp.mpf(1)
    lo, hi = -1, mode
    while hi - lo > 1:
        m = (lo + hi) // 2
        lo, hi = (m, hi) if pmf(m, n, p) <= limit else (lo, m)
    left = lo
    lo, hi = mode, n + 1
    while hi - lo > 1:
        m = (lo + hi) // 2
        lo, hi = (lo, m) if pmf(m, n, p) <= limit else (m, hi)
    return min(mp.mpf(1), lower(left, n, p) + upper(hi, n, p))


def blaker_two_sided(x, n, p):
    """Every count whose smaller tail is not above that of x, R's tie rule of 1e-7 included."""
    bound = min(lower(x, n, p), upper(x, n, p)) * (1 + mp.mpf(10) ** -7)
    if n <= 30:
        return min(mp.mpf(1), mp.fsum(pmf(k, n, p) for k in range(n + 1)
                                      if min(lower(k, n, p), upper(k, n, p)) <= bound))
    low, high = -1, n + 1  # lower tails up to `low` fit, upper tails from `high` on
    for step in [2 ** k for k in range(14, -1, -1)]:
        if low + step <= n and lower(low + step, n, p) <= bound:
            low += step
        if high - step >= 0 and upper(high - step, n, p) <= bound:
            high -= step
    return mp.mpf(1) if low >= high - 1 else lower(low, n, p) + upper(high, n, p)


def normal(z, alternative):
    tail = lambda v: mp.erfc(v / mp.sqrt(2)) / 2
    return {"two-sided": 2 * tail(abs(z)), "greater": tail(z), "less": tail(-z)}[alternative]


def one_sample_row(x, n, rate):
    p = mp.mpf(rate)
    low, up, own = lower(x, n, p), upper(x, n, p), pmf(x, n, p)
    mid = lambda tail: tail - own / 2
    z = (x - n * p) / mp.sqrt(n * p * (1 - p))
    shrunk = max(mp.mpf(0), abs(x - n * p) - mp.mpf(1) / 2) / mp.sqrt(n * p * (1 - p))
    zc = shrunk if x > n * p else -shrunk
    one = mp.mpf(1)
    values = {
        "exact": [exact_two_sided(x, n, p), up, low],
        "exact-doubled": [min(one, 2 * min(low, up)), up, low],
        "mid-p": [min(one, 2 * min(mid(low), mid(up))), mid(up), mid(low)],
        "blaker": [blaker_two_sided(x, n, p), up, low],
        "score": [normal(z, a) for a in ("two-sided", "greater", "less")],
        "score-cc": [normal(zc, a) for a in ("two-sided", "greater", "less")],
    }
    return {"x": x, "n": n, "rate": rate,
            "pValues": {k: [float(v) for v in vs] for k, vs in values.items()}}


def one_sample():
    rows = [one_sample_row(x, n, rate) for n in (1, 2, 5, 10) for x in range(n + 1)
            for rate in (0.05, 0.25, 0.5)]
    rows += [one_sample_row(x, n, rate) for x, n in
             ((0, 30), (7, 30), (15, 30), (30, 30), (61, 243), (520, 1000), (63, 228))
             for rate in (0.19, 0.25, 0.5, 0.9)]
    rows += [one_sample_row(x, 10000, rate) for x in (0, 450, 5000, 5100, 10000)
             for rate in (0.0001, 0.05, 0.5, 0.52)]
    return rows


def write(name, quantity, rows):
    with open(f"{FOLDER}/{name}.json", "w") as file:
        head = {"quantity": quantity, "relativeTolerance": 1e-10,
                "source": f"generate/proportions.py: mpmath {mp.__version__}, 50 digits, from "
                          "definitions, rounded once to double"}
        text = json.dumps(head, indent=1)[:-2] + ',\n "rows": [\n  '
        file.write(text + ",\n  ".join(json.dumps(r) for r in rows) + "\n ]\n}\n")


if __name__ == "__main__":
    which = sys.argv[2:] or ["tests", "intervals"]
    if "tests" in which:
        write("one-sample-tests", "p-values against a fixed rate: two-sided, greater, less",
              one_sample())
    if "intervals" in which:
        write("proportion-intervals", "limits for a response rate", intervals())
