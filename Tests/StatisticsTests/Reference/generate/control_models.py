#!/usr/bin/env python3
"""Writes control-models.json: random effects and beta-binomial fits, by mpmath at 40 digits.

DerSimonian and Laird's tau squared is the root of Q's expectation as a function of tau squared
in its linear form; the beta-binomial likelihood is written with log gamma functions and maximized
by finding the root of its numerical gradient in (logit mean, log precision).

Usage: control_models.py OUTPUT_FILE
"""
import json
import sys

from mpmath import (diff, exp, findroot, gamma, inf, log, loggamma, mp, mpf, quad, sqrt, pi)

mp.dps = 40


def t_tail(x, df):
    c = gamma((df + 1) / mpf(2)) / (sqrt(df * pi) * gamma(df / mpf(2)))
    return c * quad(lambda u: (1 + u * u / df) ** (-(df + 1) / mpf(2)), [x, x + 10, x + 100, inf])


def observed(r, n):
    c = mpf(1) / 2 if r in (0, n) else mpf(0)
    return log((r + c) / (n - r + c)), 1 / (r + c) + 1 / (n - r + c)


def random_effects(controls, treated):
    y, v = zip(*(observed(*c) for c in controls))
    k = len(y)

    def q(w):
        mean = sum(a * b for a, b in zip(w, y)) / sum(w)
        return sum(a * (b - mean) ** 2 for a, b in zip(w, y))

    w = [1 / x for x in v]
    # E Q = sum w_i var(y_i) - sum w_i^2 var(y_i) / sum w, var(y_i) = v_i + tau2.
    expected = lambda t: (sum(a * (b + t) for a, b in zip(w, v))
                          - sum(a * a * (b + t) for a, b in zip(w, v)) / sum(w))
    tau2 = max(mpf(0), findroot(lambda t: expected(t) - q(w), (mpf(0), mpf(1))))
    w2 = [1 / (x + tau2) for x in v]
    mean = sum(a * b for a, b in zip(w2, y)) / sum(w2)
    se = sqrt(max(mpf(1), q(w2) / (k - 1)) / sum(w2))
    yt, vt = observed(*treated)
    t = (yt - mean) / sqrt(vt + tau2 + se ** 2)
    reach = findroot(lambda x: t_tail(x, k - 1) - mpf("0.025"), (1.9, 13), solver="anderson", tol=1e-60)
    logistic = lambda x: 1 / (1 + exp(-x))
    wide = sqrt(tau2 + se ** 2)
    return {"logit": mean, "standardError": se, "tauSquared": tau2, "q": q(w),
            "statistic": t, "pValue": 2 * t_tail(abs(t), k - 1),
            "interval": [logistic(mean - reach * se), logistic(mean + reach * se)],
            "prediction": [logistic(mean - reach * wide), logistic(mean + reach * wide)]}


def beta_binomial(controls):
    def likelihood(x, u):
        m, size = 1 / (1 + exp(-x)), exp(u)
        a, b = m * size, (1 - m) * size
        return sum(loggamma(a + r) + loggamma(b + n - r) - loggamma(size + n)
                   - loggamma(a) - loggamma(b) + loggamma(size) for r, n in controls)

    gradient = [lambda x, u: diff(likelihood, (x, u), (1, 0)),
                lambda x, u: diff(likelihood, (x, u), (0, 1))]
    best = max(((mpf(x) / 4, mpf(u)) for x in range(-12, 13) for u in range(-2, 8)),
               key=lambda p: likelihood(*p))
    x, u = findroot(lambda x, u: [g(x, u) for g in gradient], best)
    return {"mean": 1 / (1 + exp(-x)), "overdispersion": 1 / (1 + exp(u))}


CASES = [
    ([(54, 243), (39, 94), (43, 112)], (15, 30), True),
    ([(54, 243), (82, 211), (39, 94), (43, 112)], (15, 30), True),
    ([(23, 107), (12, 44), (19, 51), (9, 39), (39, 139), (6, 20), (9, 78), (10, 35)], (7, 20), True),
    ([(5, 20), (6, 24)], (15, 30), False),
    ([(0, 12), (5, 20), (20, 25)], (0, 9), True),
    ([(1, 10), (9, 10)], (10, 10), True),
]


def plain(value):
    return [plain(x) for x in value] if isinstance(value, list) else float(value)


def main():
    rows = []
    for controls, treated, is_overdispersed in CASES:
        row = {"controls": [list(c) for c in controls], "treated": list(treated)}
        row.update(random_effects(controls, treated))
        if is_overdispersed:
            row.update(beta_binomial(controls))
        else:
            pooled = mpf(sum(r for r, _ in controls)) / sum(n for _, n in controls)
            row.update(mean=pooled, overdispersion=mpf(0))
        rows.append({k: v if k in ("controls", "treated") else plain(v) for k, v in row.items()})
    with open(sys.argv[1], "w") as file:
        file.write("{\n \"quantity\": \"random effects and beta-binomial fits of control rates\",\n")
        file.write(" \"relativeTolerance\": 1e-10,\n")
        file.write(" \"source\": \"generate/control_models.py; mpmath at 40 digits\",\n")
        file.write(" \"rows\": [\n  " + ",\n  ".join(json.dumps(row) for row in rows) + "\n ]\n}\n")


main()
