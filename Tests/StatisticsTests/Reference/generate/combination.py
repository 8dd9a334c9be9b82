"""Values for the tests of Sources/Statistics/Combination, by other formulas than the module's.

bivariate normal tails: the integral of the density times the conditional tail, mpmath at 30 digits
nulls, excess, z:       the textbook formulas at 30 digits
bootstrap:              every triple of counts in exact rationals, no tails
posterior:              Gauss-Jacobi nodes in both rates (the module integrates logits)

Needs mpmath, numpy and scipy. Usage: combination.py tails|excess
"""

import json
import sys
from fractions import Fraction
from math import comb

import numpy
from mpmath import erfinv, inf, mp, mpf, ncdf, npdf, quad, sqrt
from scipy.special import betainc, ndtri, owens_t, ndtr, roots_jacobi

mp.dps = 30


def upper(x, y, r):
    scale = sqrt(1 - mpf(r) ** 2)
    knots = sorted({mpf(x), max(mpf(x), mpf(y)), max(mpf(x), mpf(y) / r if r else mpf(x)), mpf(x) + 2,
                    mpf(x) + 6})
    return quad(lambda t: npdf(t) * ncdf((r * t - y) / scale), knots + [inf])


def deviate(p):
    return sqrt(2) * erfinv(1 - 2 * mpf(p))


def null(name, r, a, b):
    return {"hsa": lambda: max(a, b), "bliss": lambda: a + b - a * b, "sum": lambda: min(1, a + b),
            "correlated": lambda: a + b - upper(deviate(a), deviate(b), mpf(r))}[name]()


def slopes(name, r, a, b):
    if name == "hsa":
        return (1, 0) if a > b else (0, 1)
    if name == "bliss":
        return (1 - b, 1 - a)
    if name == "sum":
        return (0, 0) if a + b > 1 else (1, 1)
    h = mpf(10) ** -12
    return ((null(name, r, a + h, b) - null(name, r, a - h, b)) / (2 * h),
            (null(name, r, a, b + h) - null(name, r, a, b - h)) / (2 * h))


def inside(x, n):
    return min(max(Fraction(x), Fraction(1, 2)), n - Fraction(1, 2)) / n


def to_mpf(f):
    return mpf(f.numerator) / f.denominator


def bootstrap(name, ab, a, b):
    """P(excess >= observed) by running through every triple, ties exact."""
    pa, pb = inside(*a), inside(*b)
    p0 = null(name, None, pa, pb)
    observed = Fraction(*ab) - null(name, None, Fraction(*a), Fraction(*b))

    def law(n, p):
        return [comb(n, k) * float(p) ** k * float(1 - p) ** (n - k) for k in range(n + 1)]

    la, lb, lab = law(a[1], pa), law(b[1], pb), law(ab[1], p0)
    total = 0.0
    for i, p in enumerate(la):
        for j, q in enumerate(lb):
            rate = null(name, None, Fraction(i, a[1]), Fraction(j, b[1]))
            total += p * q * sum(w for k, w in enumerate(lab) if Fraction(k, ab[1]) - rate >= observed)
    return total


def bivariate(x, y, r):
    """Pr(X >= x, Y >= y) by Owen's T."""
    if r == 0:
        return ndtr(-x) * ndtr(-y)
    s = numpy.sqrt(1 - r * r)
    delta = numpy.where((x * y > 0) | ((x * y == 0) & (x + y >= 0)), 0.0, 0.5)
    lower = lambda h, k: (ndtr(h) / 2 + ndtr(k) / 2 - owens_t(h, (k - r * h) / (h * s))
                          - owens_t(k, (h - r * k) / (k * s)) - delta)
    return lower(-x, -y)


def posterior(name, r, ab, a, b):
    def nodes(x, n):
        t, w = roots_jacobi(120, n - x - 0.5, x - 0.5)
        return (1 + t) / 2, w / w.sum()

    (ra, wa), (rb, wb) = nodes(*a), nodes(*b)
    A, B = numpy.meshgrid(ra, rb, indexing="ij")
    if name == "bliss":
        rate = A + B - A * B
    else:
        rate = A + B - bivariate(-ndtri(A), -ndtri(B), r)
    tail = betainc(ab[1] - ab[0] + 0.5, ab[0] + 0.5, 1 - numpy.clip(rate, 0, 1))
    return float(wa @ tail @ wb)


def main():
    tails, excess = [], []
    for x in (-2.5, -0.7, 0, 0.4, 1.3, 3.1):
        for y in (-1.9, 0, 0.4, 0.8416, 2.2):
            for r in (-0.99, -0.8, -0.45, -0.2, 0.1, 0.3, 0.55, 0.9, 0.999):
                tails.append({"values": [x, y, r], "expected": float(upper(mpf(x), mpf(y), mpf(r)))})
    trials = [((15, 30), (54, 243), (0, 22)), ((15, 30), (82, 211), (0, 22)), ((9, 20), (5, 25), (3, 18)),
              ((18, 20), (10, 20), (9, 15)), ((55, 114), (43, 112), (2, 40)), ((4, 12), (7, 14), (0, 9))]
    for ab, a, b in trials:
        for name, r in [("hsa", None), ("bliss", None), ("sum", None), ("correlated", 0.3), ("correlated", -0.6)]:
            pa, pb, p = (to_mpf(inside(*c)) for c in (a, b, ab))
            s = slopes(name, r, pa, pb)
            se = sqrt(p * (1 - p) / ab[1] + s[0] ** 2 * pa * (1 - pa) / a[1] + s[1] ** 2 * pb * (1 - pb) / b[1])
            z = (p - null(name, r, pa, pb)) / se
            row = {"null": name, "correlation": r, "combination": ab, "first": a, "second": b,
                   "z": float(z), "p": float(ncdf(-z)),
                   "bootstrap": bootstrap(name, ab, a, b) if name != "correlated" else None,
                   # A copula in every cell takes long: of the correlated only those of the smallest trial.
                   "posterior": posterior(name, r, ab, a, b)
                   if name == "bliss" or name == "correlated" and ab[1] < 20 else None}
            excess.append(row)
    table = {"tails": ("upper tail of a bivariate normal distribution", tails, 1e-13),
             "excess": ("excess of a combination over the null of its parts", excess, 1e-9)}
    quantity, rows, tolerance = table[sys.argv[1]]
    json.dump({"quantity": quantity, "source": "combination.py: mpmath at 30 digits, SciPy's Owen's T",
               "relativeTolerance": tolerance, "rows": rows}, sys.stdout, indent=0)


main()
