#!/usr/bin/env python3
"""Writes borrowing.json: meta-analytic-predictive priors by another quadrature.

The module sums trapezoids of the logit's density. Here every expectation is a triple integral over
(tau, mu, z) by composite Gauss-Legendre rules on finite ranges, each trial's likelihood is
integrated over its own logit (where tau is wide beside it) or over z (where it is not), and no
density of the new trial is ever formed. Doubling every rule changes no value by more than the
tolerance; the script fails if it does. NumPy 2, SciPy 1.17.

Usage: borrowing.py OUTPUT_FILE
"""
import json
import sys

import numpy as np
from scipy.special import expit, ndtr
from scipy.stats import beta

TOLERANCE = 1e-9


def rule(edges, points):
    x, w = np.polynomial.legendre.leggauss(points)
    nodes = [(a + b) / 2 + (b - a) / 2 * x for a, b in zip(edges, edges[1:])]
    weights = [(b - a) / 2 * w for a, b in zip(edges, edges[1:])]
    return np.concatenate(nodes), np.concatenate(weights)


def log_likelihood(r, n, theta):
    value = -r * np.logaddexp(0, -theta) - (n - r) * np.logaddexp(0, theta)
    p = r / n
    return value - (r * np.log(p) if r else 0) - ((n - r) * np.log1p(-p) if n > r else 0)


def phi(z):
    return np.exp(-z * z / 2) / np.sqrt(2 * np.pi)


def trial(r, n, mu, tau, points):
    """The likelihood of one trial at each mu."""
    width = 1 / np.sqrt(n * max(r, .5) / n * (1 - min(r, n - .5) / n))
    if 0 < r < n and tau > 2 * width:
        middle = np.log(r / (n - r))
        steps = np.concatenate([-np.geomspace(45, .5, 12), [0], np.geomspace(.5, 45, 12)])
        theta, w = rule(middle + width * steps, points)
        z = (theta[None, :] - mu[:, None]) / tau
        return (phi(z) * (w * np.exp(log_likelihood(r, n, theta)))[None, :]).sum(1) / tau
    z, w = rule(np.linspace(-9.5, 9.5, 20 if tau < 3 else 80), points)
    theta = mu[:, None] + tau * z[None, :]
    return (np.exp(log_likelihood(r, n, theta)) * (w * phi(z))[None, :]).sum(1)


def posterior_of_mu(controls, tau, points):
    """Nodes and weights of mu given tau, with the evidence in their sum."""
    def log_q(mu):
        with np.errstate(divide="ignore"):
            return sum(np.log(trial(r, n, mu, tau, points)) for r, n in controls) - mu * mu / 8
    lower, upper = -18., 18.
    for _ in range(5):
        grid = np.linspace(lower, upper, 81)
        q = log_q(grid)
        kept = np.flatnonzero(q > q.max() - 34)
        lower, upper = grid[max(kept[0] - 1, 0)], grid[min(kept[-1] + 1, 80)]
    mu, w = rule(np.linspace(lower, upper, 13), points)
    return mu, w * np.exp(log_q(mu)) * phi(0) / 2


def prior(name, numbers):
    if name == "half-normal":
        s, = numbers
        edges = np.concatenate([[0], np.geomspace(.02 * s, 9 * s, 12)])
        return edges, lambda t: 2 / s * phi(t / s)
    if name == "uniform":
        a, b = numbers
        return np.linspace(a, b, 9), lambda t: np.full_like(t, 1 / (b - a))
    if name == "exponential":
        rate, = numbers
        edges = np.concatenate([[0], np.geomspace(.02 / rate, 38 / rate, 12)])
        return edges, lambda t: rate * np.exp(-rate * t)
    if name == "log-normal":
        m, s = numbers
        edges = np.exp(np.linspace(m - 8 * s, min(m + 9 * s, np.log(50)), 15))
        return edges, lambda t: phi((np.log(t) - m) / s) / (s * t)
    raise ValueError(name)


def expectations(controls, name, numbers, treated, cuts, points):
    if name == "fixed":
        tau, w_tau = np.array(numbers), np.ones(1)
    else:
        edges, density = prior(name, numbers)
        tau, w_tau = rule(edges, points)
        w_tau = w_tau * density(tau)
    z, w_z = rule(np.linspace(-9, 9, 10), points)
    w_z = w_z * phi(z)
    a, b = treated[0] + .5, treated[1] - treated[0] + .5
    total = np.zeros(7 + len(cuts))
    for t, w in zip(tau, w_tau):
        mu, w_mu = posterior_of_mu(controls, t, points)
        rate = expit(mu[:, None] + t * z[None, :])
        weight = w * w_mu[:, None] * w_z[None, :]
        mass = w * w_mu.sum()
        cdf = [w * (w_mu * ndtr((np.log(c / (1 - c)) - mu) / t)).sum() for c in cuts]
        total += np.array([
            mass, (weight * rate).sum(), (weight * rate ** 2).sum(), (weight * rate ** 4).sum(),
            (weight * beta.sf(rate, a, b)).sum(), mass * t, mass * t * t, *cdf])
    total[1:] /= total[0]
    _, first, second, fourth, superiority, tau_mean, tau_second = total[:7]
    return [first, np.sqrt(second - first ** 2), fourth, superiority, tau_mean,
            np.sqrt(max(0, tau_second - tau_mean ** 2)), *total[7:]]


E2100 = [(54, 243), (64, 273), (69, 326), (61, 242)]
OTHERS = [(39, 94), (43, 112)]
ASCITES = list(zip([23, 12, 19, 9, 39, 6, 9, 10], [107, 44, 51, 39, 139, 20, 78, 35]))
CASES = [
    (E2100[:1] + OTHERS, "half-normal", [.5], (15, 30), []),
    (E2100 + OTHERS, "half-normal", [.5], (15, 30), []),
    (E2100[:1], "half-normal", [.5], (15, 30), []),
    (E2100[:1], "half-normal", [1], (15, 30), []),
    (ASCITES, "half-normal", [1], (15, 30), []),
    (ASCITES, "half-normal", [.001], (15, 30), []),
    (ASCITES, "half-normal", [5], (7, 20), []),
    (ASCITES, "uniform", [.2, 1.5], (7, 20), [.1, .25, .4]),
    (ASCITES, "exponential", [2], (7, 20), []),
    (ASCITES, "log-normal", [-1, .5], (7, 20), []),
    (ASCITES, "fixed", [.3], (7, 20), [.12, .2, .45]),
    ([(0, 30)], "half-normal", [.5], (3, 20), []),
    ([(30, 30), (12, 12)], "half-normal", [.5], (18, 20), []),
    ([(0, 12), (1, 9), (12, 12)], "half-normal", [1], (5, 11), []),
    ([(2500, 10000)], "half-normal", [.5], (15, 30), []),
    ([(2500, 10000), (3000, 10000)], "uniform", [.1, 1], (15, 30), [.1, .27, .5]),
    ([(0, 10000), (20, 10000)], "half-normal", [.5], (1, 30), []),
    ([(1, 2)], "half-normal", [.5], (1, 2), []),
]


def main():
    rows = []
    for controls, name, numbers, treated, cuts in CASES:
        values = expectations(controls, name, numbers, treated, cuts, 14)
        check = expectations(controls, name, numbers, treated, cuts, 20)
        worst = max(abs(v / c - 1) if c else abs(v) for v, c in zip(values, check))
        print(controls, name, numbers, check[3], f"{worst:.1e}", flush=True)
        assert worst < TOLERANCE, worst
        rows.append({
            "controls": [list(c) for c in controls],
            "tau": f"{name}({', '.join(f'{x:g}' for x in numbers)})", "treated": list(treated),
            "mean": check[0], "sd": check[1], "fourthMoment": check[2], "superiority": check[3],
            "tauMean": check[4], "tauSD": check[5], "cuts": cuts, "tails": check[6:]})
    with open(sys.argv[1], "w") as file:
        file.write("{\n \"quantity\": \"meta-analytic-predictive priors\",\n")
        file.write(f" \"relativeTolerance\": {TOLERANCE},\n")
        file.write(" \"source\": \"generate/borrowing.py; triple Gauss-Legendre quadrature\",\n")
        file.write(" \"rows\": [\n  " + ",\n  ".join(json.dumps(row) for row in rows) + "\n ]\n}\n")


main()
