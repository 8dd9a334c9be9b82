#!/usr/bin/env python3
"""Writes signed-ranks.json and paired-tables.json.

Nothing of the code under test is used. Signed rank distributions are polynomials with integer
coefficients, summed exactly; Walsh averages are listed as fractions; the shares under Tango's
hypothesis are found by bisection of the derivative of the multinomial likelihood, his limits by
bisection of the statistic, and Newcombe's from Wilson's limits, themselves found by bisection.
mpmath works at 40 digits.

Python 3.11, mpmath 1.3.
Usage: paired.py OUTPUT_FOLDER
"""
import json
import random
import sys
from fractions import Fraction as F

import mpmath as mp

mp.mp.dps = 40
FOLDER = sys.argv[1]


def number(value):
    return float(mp.mpf(value.numerator) / value.denominator) if isinstance(value, F) \
        else float(value)


# Signed ranks

def doubled_ranks(differences, rule):
    """Twice the average rank and the sign of every difference that is not zero."""
    pool = [d for d in differences if d != 0] if rule == "wilcoxon" else differences
    pairs = []
    for d in pool:
        if d == 0:
            continue
        below = sum(abs(e) < abs(d) for e in pool)
        equal = sum(abs(e) == abs(d) for e in pool)
        pairs.append((2 * below + equal + 1, d > 0))
    return pairs


def distribution(ranks):
    """The number of sign patterns with each sum of ranks, as one large integer's digits."""
    width = len(ranks) + 1
    product = 1
    for rank in ranks:
        product += product << (width * rank)
    mask = (1 << width) - 1
    return [(product >> (width * s)) & mask for s in range(sum(ranks) + 1)]


def exact(pairs):
    counts = distribution([r for r, _ in pairs])
    observed = sum(r for r, positive in pairs if positive)
    whole = 2 ** len(pairs)
    less = F(sum(counts[:observed + 1]), whole)
    greater = F(sum(counts[observed:]), whole)
    centre = F(len(counts) - 1, 2)
    far = F(sum(c for s, c in enumerate(counts) if abs(s - centre) >= abs(observed - centre)),
            whole)
    return [number(far), number(greater), number(less)]


def normal(pairs, n, zeros, rule, correction):
    """The textbook variance: N(N+1)(2N+1)/24, less zeros' share, less ties."""
    v = F(sum(r for r, positive in pairs if positive), 2)
    count = n if rule == "pratt" else n - zeros
    gone = zeros if rule == "pratt" else 0
    mean = F(count * (count + 1) - gone * (gone + 1), 4)
    ranks = [r for r, _ in pairs]
    ties = sum(ranks.count(r) ** 3 - ranks.count(r) for r in set(ranks))
    variance = (F(count * (count + 1) * (2 * count + 1) - gone * (gone + 1) * (2 * gone + 1), 24)
                - F(ties, 48))
    if variance == 0:
        return [1.0, 0.5, 0.5]
    root = mp.sqrt(mp.mpf(variance.numerator) / variance.denominator)
    d = v - mean
    z = lambda shift: mp.mpf((d - shift).numerator) / (d - shift).denominator / root
    tail = lambda x: mp.erfc(x / mp.sqrt(2)) / 2
    sign = (d > 0) - (d < 0)
    both = 2 * tail(abs(z(sign * correction)))
    return [float(both), float(tail(z(correction))), float(tail(-z(-correction)))]


def sign_test(differences):
    x = sum(d > 0 for d in differences)
    n = sum(d != 0 for d in differences)
    ways = [mp.binomial(n, k) / mp.mpf(2) ** n for k in range(n + 1)]
    less, greater = mp.fsum(ways[:x + 1]), mp.fsum(ways[x:])
    return [float(min(mp.mpf(1), 2 * min(less, greater))), float(greater), float(less)]


def hodges_lehmann(differences, level):
    """The estimate, the two-sided limits and the level attained, from listed averages."""
    n = len(differences)
    walsh = sorted((differences[i] + differences[j]) / 2 for i in range(n) for j in range(i + 1))
    m = len(walsh)
    estimate = (walsh[(m - 1) // 2] + walsh[m // 2]) / 2
    counts = distribution(list(range(1, n + 1)))
    alpha = 1 - F(str(level))
    k, below = 1, counts[0]
    while F(2 * (below + counts[k]), 2 ** n) <= alpha:
        below += counts[k]
        k += 1
    attained = 1 - F(2 * below, 2 ** n)
    return [number(estimate), number(walsh[k - 1]), number(walsh[m - k]), number(attained)]


def series():
    random.seed(4)
    # Ties, zeros, both; all of one sign; nothing but zeros.
    yield ["1", "1", "2", "-1", "3", "3", "-2", "4", "0", "5"]
    yield ["0", "0", "0"]
    yield ["0.5"]
    yield ["-2", "2"]
    yield ["1", "2", "3", "4", "5", "6", "7"]
    yield ["-1", "-1", "-1", "-1", "-1", "-1"]
    yield ["1", "-2", "2", "-3"]
    yield ["0.3", "-0.1", "0.1", "0.2", "-0.2", "0", "0.4", "0.1"]
    for n in (5, 6, 8, 9, 11, 13, 16, 20, 25, 30, 40, 49, 50, 60, 75, 100):
        yield [str(random.randint(-10, 14)) for _ in range(n)]
        yield [f"{random.gauss(0.3, 1):.6f}" for _ in range(n)]
    yield [f"{random.gauss(0.8, 1):.6f}" for _ in range(150)]
    yield [str(random.randint(-40, 60)) for _ in range(200)]


def signed_ranks():
    rows = []
    for texts in series():
        d = [F(t) for t in texts]
        zeros = sum(x == 0 for x in d)
        row = {"differences": [float(x) for x in d], "sign": sign_test(d), "rules": {}}
        for rule in ("wilcoxon", "pratt"):
            pairs = doubled_ranks(d, rule)
            row["rules"][rule] = {
                "statistic": sum(r for r, positive in pairs if positive) / 2,
                "exact": exact(pairs),
                "normal": normal(pairs, len(d), zeros, rule, F(0)),
                "normal-cc": normal(pairs, len(d), zeros, rule, F(1, 2)),
            }
        row["hodgesLehmann"] = {str(level): hodges_lehmann(d, level)
                                for level in (0.8, 0.9, 0.95, 0.99)}
        rows.append(row)
    return rows


# Paired tables

def bisected(low, high, is_low):
    for _ in range(140):
        middle = (low + high) / 2
        if is_low(middle):
            low = middle
        else:
            high = middle
    return (low + high) / 2


def mcnemar(b, c):
    n = b + c
    ways = [mp.binomial(n, k) / mp.mpf(2) ** n for k in range(n + 1)]
    less, greater = mp.fsum(ways[:b + 1]), mp.fsum(ways[b:])
    far = abs(2 * b - n)
    beyond = mp.fsum(w for k, w in enumerate(ways) if abs(2 * k - n) > far)
    level = mp.fsum(w for k, w in enumerate(ways) if abs(2 * k - n) == far)
    half = ways[b] / 2
    tail = lambda x: mp.erfc(x / mp.sqrt(2)) / 2
    def asymptotic(shift):
        size = max(abs(b - c) - shift, 0)
        z = mp.mpf(size) / mp.sqrt(n) * (1 if b > c else -1) if n else mp.mpf(0)
        return [float(2 * tail(abs(z))), float(tail(z)), float(tail(-z))]
    return {"exact": [float(beyond + level), float(greater), float(less)],
            "mid-p": [1.0, 0.5, 0.5] if n == 0 else
            [float(beyond + level / 2), float(greater - half), float(less - half)],
            "asymptotic": asymptotic(0), "asymptotic-cc": asymptotic(1)}


def tango_share(b, c, n, delta):
    """The likeliest Pr(second only) when Pr(first only) is larger by delta."""
    low, high = max(mp.mpf(0), -delta), (1 - delta) / 2
    def rises(q):
        slope = mp.mpf(0)
        if b:
            slope += b / (q + delta)
        if c:
            slope += c / q
        if n - b - c:
            slope -= 2 * (n - b - c) / (1 - 2 * q - delta)
        return slope > 0
    return bisected(low, high, rises)


def tango(b, c, n, z):
    estimate = mp.mpf(b - c) / n
    def accepts(delta):
        q = tango_share(b, c, n, delta)
        variance = n * (2 * q + delta - delta * delta)
        return (b - c - n * delta) ** 2 <= z * z * variance
    return [float(-bisected(-estimate, mp.mpf(1), lambda x: accepts(-x))),
            float(bisected(estimate, mp.mpf(1), accepts))]


def wilson(x, n, z):
    p = mp.mpf(x) / n
    accepts = lambda q: (p - q) ** 2 * n <= z * z * q * (1 - q)
    lower = mp.mpf(0) if x == 0 else bisected(mp.mpf(0), p, lambda q: not accepts(q))
    upper = mp.mpf(1) if x == n else bisected(p, mp.mpf(1), accepts)
    return lower, upper


def newcombe(a, b, c, d, z, corrects):
    n = a + b + c + d
    p1, p2 = mp.mpf(a + b) / n, mp.mpf(a + c) / n
    (l1, u1), (l2, u2) = wilson(a + b, n, z), wilson(a + c, n, z)
    product = (a + b) * (c + d) * (a + c) * (b + d)
    cross = mp.mpf(a * d - b * c)
    if corrects and cross > 0:
        cross = max(cross - mp.mpf(n) / 2, mp.mpf(0))
    phi = cross / mp.sqrt(product) if product else mp.mpf(0)
    def distance(x, y):
        square = x * x - 2 * phi * x * y + y * y
        return mp.sqrt(square) if square > mp.mpf(10) ** -30 else mp.mpf(0)
    return [float(p1 - p2 - distance(p1 - l1, u2 - p2)),
            float(p1 - p2 + distance(u1 - p1, p2 - l2))]


def tables():
    random.seed(44)
    fixed = [(1, 1, 7, 12), (4, 9, 3, 16), (53, 16, 8, 9), (20, 12, 2, 16), (7, 25, 2, 68),
             (0, 0, 0, 5), (5, 0, 0, 0), (3, 0, 0, 4), (0, 6, 0, 0), (0, 0, 6, 0), (0, 3, 3, 0),
             (10, 5, 5, 10), (0, 1, 0, 0), (1, 0, 0, 0), (8, 4, 0, 6), (6, 0, 4, 8),
             (36, 12, 2, 0), (0, 2, 12, 36), (2, 10, 10, 0), (1000, 150, 120, 2000),
             (5, 4000, 3900, 20)]
    yield from fixed
    for _ in range(40):
        n = random.choice([3, 5, 8, 12, 20, 30, 60, 150])
        cuts = sorted(random.randint(0, n) for _ in range(3))
        yield (cuts[0], cuts[1] - cuts[0], cuts[2] - cuts[1], n - cuts[2])


def paired_tables():
    rows = []
    for a, b, c, d in tables():
        row = {"table": [a, b, c, d], "pValues": mcnemar(b, c), "limits": {}}
        for level in (0.9, 0.95):
            z = mp.sqrt(2) * mp.erfinv(mp.mpf(str(level)))
            row["limits"][str(level)] = {
                "tango": tango(b, c, a + b + c + d, z),
                "newcombe-paired": newcombe(a, b, c, d, z, True),
                "newcombe-paired-8": newcombe(a, b, c, d, z, False)}
        rows.append(row)
    return rows


def write(name, quantity, rows):
    source = "generate/paired.py: exact integers, and mpmath at 40 digits, rounded once"
    lines = ",\n".join("  " + json.dumps(row) for row in rows)
    head = json.dumps({"quantity": quantity, "source": source, "relativeTolerance": 1e-10})
    with open(f"{FOLDER}/{name}.json", "w") as file:
        file.write(head[:-1] + ', "rows": [\n' + lines + "\n]}\n")


write("signed-ranks", "p-values: two-sided, greater, less; estimate, limits, level attained",
      signed_ranks())
write("paired-tables", "p-values: two-sided, greater, less; limits", paired_tables())
