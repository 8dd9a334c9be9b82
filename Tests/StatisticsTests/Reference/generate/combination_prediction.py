"""Values for CombinationPrediction, by other formulas than the module's.

lower tail:  the integral over the second part's density of the first part's distribution function
             (the module integrates the other way round, after a substitution), mpmath at 25 digits
mean:        the better part alone from E max = E a + E b - E min; independence in closed form; with a
             correlation panels of Gauss-Legendre nodes in s with a = s^6 / (s^6 + (1 - s)^6), and
             Owen's T (Gauss-Jacobi nodes converge too slowly beside a part without responders)
counts:      Gauss-Jacobi nodes in both rates, exact for independence, whose rate is a polynomial

Needs mpmath, numpy and scipy. Usage: combination_prediction.py
"""

import json
import sys
from math import comb

import numpy
from mpmath import betainc, mp, mpf, quad
from mpmath import beta as beta_function
from scipy.special import ndtr, ndtri, owens_t, roots_jacobi
from scipy.stats import beta

mp.dps = 25
HALF = mpf(1) / 2


def shape(count):
    return HALF + count[0], HALF + count[1] - count[0]


def cdf(x, ab):
    return mpf(0) if x <= 0 else mpf(1) if x >= 1 else betainc(*ab, 0, x, regularized=True)


def density(x, ab):
    a, b = ab
    return x ** (a - 1) * (1 - x) ** (b - 1) / beta_function(a, b)


def lower_tail(null, t, first, second):
    """Pr(null(a, b) <= t): b from 0 to t, and a at most what the null leaves beside it."""
    one, other = shape(first), shape(second)
    t = mpf(t)
    if null == "hsa":
        return cdf(t, one) * cdf(t, other)
    left = {"bliss": lambda b: (t - b) / (1 - b), "sum": lambda b: t - b}[null]
    knots = [mpf(0)] + [t * k / 16 for k in (1, 2, 4, 6, 8, 10, 12, 14)] + [t]
    return quad(lambda b: density(b, other) * cdf(left(b), one), knots)


def nodes(count, points):
    t, w = roots_jacobi(points, count[1] - count[0] - 0.5, count[0] - 0.5)
    return (1 + t) / 2, w / w.sum()


def panels(count, number=40, points=20):
    x, w = numpy.polynomial.legendre.leggauss(points)
    s = ((numpy.arange(number)[:, None] + (1 + x) / 2) / number).ravel()
    w = numpy.tile(w / 2 / number, number)
    low, high = s ** 6, (1 - s) ** 6
    rate = numpy.clip(low / (low + high), 1e-280, 1 - 2.0 ** -53)
    slope = 6 * (s * (1 - s)) ** 5 / (low + high) ** 2
    weight = w * slope * beta.pdf(rate, count[0] + 0.5, count[1] - count[0] + 0.5)
    return rate, weight / weight.sum()


def joint_tail(x, y, r):
    """Pr(X >= x, Y >= y) of a bivariate normal by Owen's T."""
    s = numpy.sqrt(1 - r * r)
    h, k = -x, -y
    delta = numpy.where((h * k > 0) | ((h * k == 0) & (h + k >= 0)), 0.0, 0.5)
    return (ndtr(h) / 2 + ndtr(k) / 2 - owens_t(h, (k - r * h) / (h * s))
            - owens_t(k, (h - r * k) / (k * s)) - delta)


def mean(null, r, first, second):
    one, other = shape(first), shape(second)
    m1, m2 = one[0] / sum(one), other[0] / sum(other)
    if null == "bliss":
        return m1 + m2 - m1 * m2
    if null == "hsa":
        knots = [mpf(k) / 20 for k in range(21)]
        return m1 + m2 - quad(lambda x: (1 - cdf(x, one)) * (1 - cdf(x, other)), knots)
    (a, wa), (b, wb) = panels(first), panels(second)
    A, B = numpy.meshgrid(a, b, indexing="ij")
    return float(wa @ (A + B - joint_tail(-ndtri(A), -ndtri(B), r)) @ wb)


def counts(n, first, second):
    (a, wa), (b, wb) = nodes(first, 60), nodes(second, 60)
    A, B = numpy.meshgrid(a, b, indexing="ij")
    p = A + B - A * B
    return [float(wa @ (comb(n, k) * p ** k * (1 - p) ** (n - k)) @ wb) for k in range(n + 1)]


def main():
    rows = []
    trials = [((54, 243), (0, 21)), ((3, 56), (0, 21)), ((9, 20), (3, 18)), ((0, 12), (0, 9)),
              ((206, 449), (1, 3))]
    for first, second in trials:
        for null, r in (("hsa", None), ("bliss", None), ("sum", None), ("correlated", 0.3)):
            center = first[0] / first[1] + second[0] / second[1]
            rates = [] if null == "correlated" else [
                min(0.95, max(0.01, center * f + g)) for f, g in ((0.8, 0), (1, 0.01), (1.1, 0.05))]
            rows.append({
                "null": null, "correlation": r, "first": first, "second": second,
                "mean": None if null == "sum" else float(mean(null, r, first, second)),
                "tails": [[rate, float(lower_tail(null, rate, first, second))] for rate in rates],
                "counts": counts(30, first, second) if null == "bliss" else None})
    json.dump({"quantity": "posterior of a combination's rate under the null of its parts",
               "source": "combination_prediction.py: mpmath at 25 digits, Gauss-Jacobi nodes",
               "relativeTolerance": 1e-9, "rows": rows}, sys.stdout, indent=0)


main()
