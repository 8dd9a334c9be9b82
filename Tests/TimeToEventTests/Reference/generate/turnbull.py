"""Turnbull's estimates of drawn samples, by self-consistency alone, iterated until nothing changes.

Run in this folder: python3 turnbull.py
"""
import json

import numpy as np

rng = np.random.default_rng(3)


def estimate(lower, upper):
    ends = sorted({(l, 0) for l in lower} | {(u, 1) for u in upper}, key=lambda e: (e[0], 1 - e[1]))
    places = [(a[0], b[0]) for a, b in zip(ends, ends[1:]) if a[1] == 0 and b[1] == 1]
    held = np.array([[l <= p and q <= u for p, q in places] for l, u in zip(lower, upper)], float)
    chance = np.full(len(places), 1 / len(places))
    for _ in range(200000):
        new = chance * (held / (held @ chance)[:, None]).mean(0)
        if np.abs(new - chance).max() < 1e-16:
            break
        chance = new
    return places, chance, float(np.log(held @ chance).sum())


rows = []
for n, gap in ((12, 8), (40, 8), (94, 9), (60, 6), (1, 5)):
    event = rng.weibull(1.3, n) * 22
    lower, upper = [], []
    for t in event:
        scans = np.unique(np.round(np.arange(1, 8) * gap + rng.integers(-1, 2, 7), 0))
        scans = scans[rng.random(len(scans)) < 0.9]
        before, after = scans[scans < t], scans[scans >= t]
        lower.append(float(before.max()) if len(before) else 0.0)
        upper.append(float(after.min()) if len(after) else np.inf)
    places, chance, loglik = estimate(lower, upper)
    times = [float(t) for t in range(0, 60, 3)]
    sure = [float(1 - sum(c for (p, q), c in zip(places, chance) if q <= t)) for t in times]
    rows.append(dict(lower=lower, upper=[u if np.isfinite(u) else None for u in upper],
                     logLikelihood=loglik, times=times, survival=sure))
json.dump(dict(quantity="Turnbull's estimates", relativeTolerance=1e-9,
               source=f"generate/turnbull.py with numpy {np.__version__}", rows=rows),
          open("../turnbull.json", "w"))
