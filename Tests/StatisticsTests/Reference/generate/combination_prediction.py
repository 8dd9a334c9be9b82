"""Values for CombinationPrediction and PredictedCount, by other formulas than the module's.

lower tail:  the integral over the second part's density of the first part's distribution function,
             in the rate itself with knots where either part's posterior lies (the module integrates
             over the logit of the part that is known better), mpmath at 25 digits; with a correlation
             panels of Gauss-Legendre nodes, bisection and Owen's T
mean:        the better part alone from E max = E a + E b - E min, the sum from E min(1, a + b) =
             E a + E b - E (a + b - 1)+, both as integrals of tails; independence in closed form; with
             a correlation panels of Gauss-Legendre nodes in s with a = s^6 / (s^6 + (1 - s)^6), and
             Owen's T (Gauss-Jacobi nodes converge too slowly beside a part without responders)
counts:      [patients, responders, probability, probability of so many or fewer]: for independence
             Gauss-Jacobi nodes in both rates, exact for its polynomials, or those panels where there
             would be too many (the module convolves beta-binomial distributions); with a correlation
             those panels; for the better part alone
             the integral of the lower tail over the beta distribution of the rate at which so many
             respond

Needs mpmath, numpy and scipy. Usage: combination_prediction.py
"""

import json
import sys

import numpy
from mpmath import betainc as mp_betainc
from mpmath import mp, mpf, quad, sqrt
from mpmath import beta as beta_function
from scipy.special import betainc, betaln, gammaln, ndtr, ndtri, owens_t, roots_jacobi
from scipy.stats import beta

mp.dps = 25
HALF = mpf(1) / 2


def shape(count):
    return HALF + count[0], HALF + count[1] - count[0]


def cdf(x, ab):
    if x <= 0 or x >= 1:
        return mpf(x > 0)
    if sum(ab) > 400:  # Where mpmath's series gives up.
        return mpf(float(betainc(float(ab[0]), float(ab[1]), float(x))))
    return mp_betainc(*ab, 0, x, regularized=True)


def density(x, ab):
    a, b = ab
    return x ** (a - 1) * (1 - x) ** (b - 1) / beta_function(a, b)


def knots(ab):
    """Where a beta distribution lies: its mean and so many standard deviations about it."""
    a, b = ab
    mean, deviation = a / (a + b), sqrt(a * b / (a + b + 1)) / (a + b)
    return [mean + k * deviation for k in (-12, -8, -5, -3, -1.5, 0, 1.5, 3, 5, 8, 12)]


def within(points, low, high):
    return [low] + sorted(p for p in points if low < p < high) + [high]


def lower_tail(null, t, first, second):
    """Pr(null(a, b) <= t): b from 0 to t, and a at most what the null leaves beside it."""
    one, other = shape(first), shape(second)
    t = mpf(t)
    if null == "hsa":
        return cdf(t, one) * cdf(t, other)
    left = {"bliss": lambda b: (t - b) / (1 - b), "sum": lambda b: t - b}[null]
    # Both nulls are their own inverse, so that the first part's knots are at these b.
    points = knots(other) + [left(a) for a in knots(one) if a < t]
    points += [t * mpf(k) / 16 for k in (1, 4, 8, 12, 15)]
    return quad(lambda b: density(b, other) * cdf(left(b), one), within(points, mpf(0), t))


def nodes(count, points):
    t, w = roots_jacobi(points, count[1] - count[0] - 0.5, count[0] - 0.5)
    return (1 + t) / 2, w / w.sum()


def panels(count, top=1.0, number=40, points=20):
    """Rates up to a bound, what they lack of 1, and weights."""
    x, w = numpy.polynomial.legendre.leggauss(points)
    s = ((numpy.arange(number)[:, None] + (1 + x) / 2) / number).ravel()
    w = numpy.tile(w / 2 / number, number)
    low, high = s ** 6, (1 - s) ** 6
    rate = numpy.maximum(top * low / (low + high), 1e-280)
    rest = numpy.maximum((1 - top) + top * high / (low + high), 1e-280)
    slope = top * 6 * (s * (1 - s)) ** 5 / (low + high) ** 2
    a, b = count[0] + 0.5, count[1] - count[0] + 0.5
    weight = w * slope * numpy.exp(
        (a - 1) * numpy.log(rate) + (b - 1) * numpy.log(rest) - betaln(a, b))
    if top < 1:
        return rate, rest, weight
    weight /= weight.sum()
    kept = weight > 1e-22
    return rate[kept], rest[kept], weight[kept]


def joint_tail(x, y, r):
    """Pr(X >= x, Y >= y) of a bivariate normal by Owen's T."""
    s = numpy.sqrt(1 - r * r)
    h, k = -x, -y
    delta = numpy.where((h * k > 0) | ((h * k == 0) & (h + k >= 0)), 0.0, 0.5)
    return (ndtr(h) / 2 + ndtr(k) / 2 - owens_t(h, (k - r * h) / (h * s))
            - owens_t(k, (h - r * k) / (k * s)) - delta)


def neither(rest_a, rest_b, r):
    """The probability of no response; `rest` is what a rate lacks of 1."""
    most = 1 - 2.0 ** -53
    return joint_tail(
        -ndtri(numpy.minimum(rest_a, most)), -ndtri(numpy.minimum(rest_b, most)), r)


def correlated_tail(t, r, first, second):
    b, rest, weight = panels(second, top=t)
    low, high = numpy.zeros_like(b), numpy.full_like(b, t)
    for _ in range(60):
        middle = (low + high) / 2
        exceeds = neither(1 - middle, rest, r) < 1 - t
        low, high = numpy.where(exceeds, low, middle), numpy.where(exceeds, middle, high)
    return float(weight @ beta.cdf(low, first[0] + 0.5, first[1] - first[0] + 0.5))


def mean(null, r, first, second):
    one, other = shape(first), shape(second)
    m1, m2 = one[0] / sum(one), other[0] / sum(other)
    if null == "bliss":
        return m1 + m2 - m1 * m2
    if null == "hsa":
        places = within(knots(one) + knots(other), mpf(0), mpf(1))
        return m1 + m2 - quad(lambda x: (1 - cdf(x, one)) * (1 - cdf(x, other)), places)
    if null == "sum":
        # E (a + b - 1)+ is the integral of Pr(a > 1 - x, b > x) over x.
        places = within(knots(one) + [1 - k for k in knots(one)] + knots(other), mpf(0), mpf(1))
        return m1 + m2 - quad(lambda x: (1 - cdf(1 - x, one)) * (1 - cdf(x, other)), places)
    (_, a, wa), (_, b, wb) = panels(first), panels(second)
    A, B = numpy.meshgrid(a, b, indexing="ij")
    return 1 - float(wa @ neither(A, B, r) @ wb)


def independent_count(n, k, first, second):
    if n > 30 or min(first[1] - first[0], second[1] - second[0]) == 0 or first[1] + second[1] > 300:
        # More nodes than Jacobi's recurrence bears, or rates so near 1 that it has no digits.
        (_, a, wa), (_, b, wb) = fine_panels(first, n), fine_panels(second, n)
    else:
        (a, wa), (b, wb) = nodes(first, 60), nodes(second, 60)
        a, b = 1 - a, 1 - b
    A, B = numpy.meshgrid(a, b, indexing="ij")
    return average(n, k, A * B, wa, wb)


def fine_panels(count, n):
    return panels(count, number=40 + int(8 * numpy.sqrt(count[1] + n)))


def correlated_count(n, k, r, first, second):
    (_, a, wa), (_, b, wb) = fine_panels(first, n), fine_panels(second, n)
    A, B = numpy.meshgrid(a, b, indexing="ij")
    return average(n, k, neither(A, B, r), wa, wb)


def average(n, k, q, wa, wb):
    """Over pairs of rates, of a binomial count; q is the probability of no response."""
    q = numpy.clip(q, 1e-300, 1)
    choose = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
    with numpy.errstate(divide="ignore"):
        mass = numpy.exp(choose + (k * numpy.log1p(-q) if k else 0) + (n - k) * numpy.log(q))
    tail = betainc(n - k, k + 1, q) if k < n else numpy.ones_like(q)
    return [n, k, float(wa @ mass @ wb), float(wa @ tail @ wb)]


def better_count(n, k, first, second):
    def tail(k):
        if k < 0 or k >= n:
            return mpf(0 if k < 0 else 1)
        ab = (mpf(k + 1), mpf(n - k))
        places = within(knots(ab) + knots(shape(first)) + knots(shape(second)), mpf(0), mpf(1))
        return quad(lambda t: density(t, ab) * lower_tail("hsa", t, first, second), places)
    at, below = tail(k), tail(k - 1)
    return [n, k, float(at - below), float(at)]


def count_row(null, r, n, k, first, second):
    if null == "bliss":
        return independent_count(n, k, first, second)
    if null == "correlated":
        return correlated_count(n, k, r, first, second)
    return better_count(n, k, first, second)


def rates(first, second):
    center = first[0] / first[1] + second[0] / second[1]
    return [min(0.95, max(0.01, center * f + g)) for f, g in ((0.8, 0), (1, 0.01), (1.1, 0.05))]


# Rates, and new patients with some of them responding, for each pair of parts.
TRIALS = [
    ((54, 243), (0, 21), None, [(30, k) for k in range(31)] + [(2000, 300), (2000, 470), (2000, 700)]),
    ((3, 56), (0, 21), None, [(30, 0), (30, 2), (30, 9)]),
    ((9, 20), (3, 18), None, [(30, 4), (30, 16), (30, 29), (2000, 400), (2000, 1100), (2000, 1900)]),
    ((0, 12), (0, 9), None, [(30, 0), (30, 1), (30, 30), (2000, 0), (2000, 40)]),
    ((206, 449), (1, 3), None, [(30, 12), (30, 28)]),
    # A second part that is known better than the first.
    ((2, 5), (300, 1000), [0.35, 0.6, 0.853579], [(30, 20), (2000, 1300)]),
    ((12, 20), (4500, 10000), [0.6, 0.75, 0.88416], [(30, 25), (2000, 1500)]),
    ((4500, 10000), (12, 20), [0.75], [(30, 25)]),
    ((0, 9), (300, 1000), [0.31, 0.4], [(30, 10)]),
    # Nobody or everybody.
    ((20, 20), (0, 21), [0.95, 0.999, 0.99998], [(30, 30), (30, 29), (30, 25), (2000, 2000), (2000, 1980)]),
    ((7, 7), (500, 1000), [0.9, 0.999], [(30, 30), (30, 27)]),
    ((0, 100000), (2, 5), [0.1, 0.4], [(30, 12), (30, 0)]),
]


def main():
    rows = []
    for first, second, tails, counted in TRIALS:
        for null, r in (("hsa", None), ("bliss", None), ("sum", None), ("correlated", 0.3),
                        ("correlated", -0.6)):
            is_rough = null == "correlated" and max(first[1], second[1]) > 500
            if is_rough:
                continue
            found = [[t, correlated_tail(t, r, first, second) if null == "correlated"
                      else float(lower_tail(null, t, first, second))]
                     for t in tails or rates(first, second)]
            few = [nk for nk in counted if nk[0] == 30][:2] if null != "bliss" else counted
            rows.append({
                "null": null, "correlation": r, "first": first, "second": second,
                "mean": float(mean(null, r, first, second)), "tails": found,
                "counts": [] if null == "sum" else
                [count_row(null, r, n, k, first, second) for n, k in few]})
    json.dump({"quantity": "posterior of a combination's rate under the null of its parts",
               "source": "combination_prediction.py: mpmath at 25 digits, Gauss-Jacobi nodes",
               "relativeTolerance": 1e-10, "rows": rows}, sys.stdout, indent=0)


main()
