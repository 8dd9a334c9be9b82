"""How often a combination that acts independently is told apart from independent action.

Run anywhere: python3 action_size.py. Two parts with exponential times (medians 120 and 90) and the
combination itself are drawn, 60 patients an arm, at a rank correlation of 0.3; the predicted curve is made
from the drawn parts and compared by Cox's model, once as 60 patients and once as 500. Prints how often a
two-sided 5 % test is positive, and how often the delta method's 95 % limits of the predicted median hold
the true one. Nothing here is read by a test: the README quotes it.
"""
import numpy as np
from scipy.stats import norm

RANK, PATIENTS, TRIALS = 0.3, 60, 600
r = 2 * np.sin(np.pi * RANK / 6)
rng = np.random.default_rng(5)
nodes, weights = np.polynomial.legendre.leggauss(20)


def both(h, k):
    """Pr(X > h, Y > k), by the integral over the correlation."""
    angle, total = np.arcsin(r), norm.sf(h) * norm.sf(k)
    for x, w in zip(nodes, weights):
        s = np.sin(angle * (1 + x) / 2)
        density = np.exp((s * h * k - (h * h + k * k) / 2) / (1 - s * s))
        total = total + angle / 2 * w * density / (2 * np.pi)
    return total


def drawn(count):
    z = rng.multivariate_normal([0, 0], [[1, r], [r, 1]], count)
    return 120 * -np.log2(norm.sf(z[:, 0])), 90 * -np.log2(norm.sf(z[:, 1]))


def cox(times, group):
    """z of the log hazard ratio of two groups without ties or censoring."""
    group = group[np.argsort(times)].astype(float)
    ones = np.cumsum(group[::-1])[::-1]
    zeros = np.arange(len(group), 0, -1) - ones
    beta = 0.0
    for _ in range(15):
        share = ones * np.exp(beta) / (zeros + ones * np.exp(beta))
        information = (share * (1 - share)).sum()
        beta += (group - share).sum() / information
    return beta * np.sqrt(information)


median = np.median(np.maximum(*drawn(2_000_000)))
held, positive = 0, {60: 0, 500: 0}
for _ in range(TRIALS):
    a, b = np.sort(drawn(PATIENTS)[0]), np.sort(drawn(PATIENTS)[1])
    seen = np.maximum(*drawn(PATIENTS))
    t = np.unique(np.r_[a, b])
    sa, sb = (1 - np.searchsorted(x, t, side="right") / PATIENTS for x in (a, b))
    za, zb = (norm.isf(np.clip(s, 1e-12, 1 - 1e-12)) for s in (sa, sb))
    survival = sa + sb - both(za, zb)
    slopes = norm.cdf((zb - r * za) / np.sqrt(1 - r * r)), norm.cdf((za - r * zb) / np.sqrt(1 - r * r))
    error = np.sqrt(sum(d**2 * s * (1 - s) / PATIENTS for d, s in zip(slopes, (sa, sb))))
    ratio = np.exp(1.96 * error / np.maximum(survival, 1e-12))
    lower = t[np.argmax(survival / ratio <= 0.5)]
    below = np.minimum(1, survival * ratio) < 0.5
    held += lower <= median <= (t[np.argmax(below)] if below.any() else np.inf)
    for count in positive:
        heights = 1 - (np.arange(count) + 0.5) / count
        reached = [t[np.argmax(survival <= x)] if (survival <= x).any() else t[-1] for x in heights]
        # Ties are broken at random, which is what Efron's rule is near to.
        predicted = np.array(reached) + rng.random(count) * 1e-6
        z = cox(np.r_[seen, predicted], np.r_[np.ones(PATIENTS), np.zeros(count)])
        positive[count] += abs(z) > 1.96
print("limits of the median hold it:", held / TRIALS)
print("positive tests:", {count: found / TRIALS for count, found in positive.items()})
