"""Size and power of every test of a temporal split, over the sweep of the decay rate.

    python3 simulated_properties.py                # simulated-properties.json, on stdout
    python3 simulated_properties.py --markdown     # those rows as the table a reader sees

Four truths: chemotherapy alone with a response rate of 25 % or 39 %, and each of them with a
delayed immune kill that lifts it to 50 %. Kill rates are solved for every decay rate on the
schedule of the source trial (scans at 12 and 24 weeks), 30 patients contribute, and measurement
error has a CV of 5 %. Tests of the late change are one-sided at 5 %; McNemar's is two-sided at
5 %, and a 95 % interval rejects where it lies below 0 (Hodges-Lehmann) or leaves it out (Tango). Made with NumPy 2.4.6 and SciPy 1.17.1.
"""

import json
import os
import sys

import numpy as np
from scipy.integrate import solve_ivp
from scipy.stats import binom, norm, rankdata

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, "..", "..", "..", "Peers"))
import chemotherapy_reference as model  # noqa: E402

DAYS, EARLY, LATE, PATIENTS, LEVEL = (84, 168), 84, 168, 30, 0.05
TRIALS, REFERENCE_TRIALS, CONTROL = 20_000, 40_000, 400_000
DOSE_DAYS = [1.0 + 14 * k for k in range(12)]


def immune_exposure(days):
    """The integral of the normalized signal, by a numerical solution of its equations."""
    n, transit, loss, depot, interval = 4, 4 / 84, 1 / 84, np.log(2) / 3, 14

    def slope(_, s):
        chain = s[1 : n + 1]
        inflow = np.concatenate(([depot * s[0]], chain[:-1]))
        return np.concatenate(
            ([-depot * s[0]], transit * (inflow - chain), [chain[-1] - loss * s[n + 1], s[n + 1]])
        )

    state, now, found = np.zeros(n + 3), 0.0, []
    for day, kind in sorted([(d, 1) for d in DOSE_DAYS] + [(d, 0) for d in days]):
        if day > now:
            run = solve_ivp(slope, (now, day), state, method="DOP853", rtol=1e-12, atol=1e-14)
            state, now = run.y[:, -1].copy(), day
        if kind:
            state[0] += 1
        else:
            found.append(state[n + 2] * loss * interval)
    return found


def sign_p(values):
    """Exact one-sided sign test that values tend to be negative, without zeros."""
    negative, total = (values < 0).sum(axis=1), (values != 0).sum(axis=1)
    return binom.sf(negative - 1, total, 0.5)


def wilcoxon_p(values):
    """Exact one-sided signed rank test (zeros dropped, mid-ranks), negative values expected."""
    sizes = np.round(np.abs(values), 11)
    ranks = rankdata(sizes, axis=1)
    zeros = (sizes == 0).sum(axis=1, keepdims=True)
    doubled = np.where(sizes == 0, 0, np.round(2 * (ranks - zeros))).astype(int)
    observed = np.where(values > 0, doubled, 0).sum(axis=1)
    found = np.empty(len(values))
    width = values.shape[1] * (values.shape[1] + 1) + 1
    for row, own in enumerate(doubled):
        ways = np.zeros(width)
        ways[0] = 1
        for rank in own:
            shifted = ways.copy()
            shifted[rank:] += ways[: width - rank]
            ways = shifted / 2
        found[row] = ways[: observed[row] + 1].sum()
    return found


def signed_rank_cut(n, tail):
    """The largest k with Pr(V < k) at most `tail`, V being Wilcoxon's statistic of n values."""
    ways = np.zeros(n * (n + 1) // 2 + 1)
    ways[0] = 1
    for rank in range(1, n + 1):
        shifted = ways.copy()
        shifted[rank:] += ways[:-rank]
        ways = shifted / 2
    return int(np.searchsorted(np.cumsum(ways), tail, "right"))


def hodges_lehmann_upper(values):
    """The upper end of the exact 95 % interval, from all averages of two."""
    n = values.shape[1]
    i, j = np.triu_indices(n)
    place = len(i) - signed_rank_cut(n, 0.025)
    upper = [
        np.partition((part[:, i] + part[:, j]) / 2, place, axis=1)[:, place]
        for part in np.array_split(values, 40)
    ]
    return np.concatenate(upper)


def conversions(r1, r2):
    """Responses gained and lost between the scans: 30 % under baseline, and no growth of 20 %."""
    limit = np.log(0.7) * (1 - 1e-12)
    early, late = r1 <= limit, (r1 + r2 <= limit) & (r2 < np.log(1.2))
    return (~early & late).sum(axis=1), (early & ~late).sum(axis=1)


def mcnemar_p(gained, lost):
    tail = binom.cdf(np.minimum(gained, lost), gained + lost, 0.5)
    return np.minimum(1, 2 * tail)


def tango_p(gained, lost):
    """Tango's interval leaves out 0 just where McNemar's test without correction rejects."""
    total = np.maximum(gained + lost, 1)
    return 2 * norm.sf(np.abs(gained - lost) / np.sqrt(total))


class Reference:
    """What chemotherapy alone gives at one assumed decay rate."""

    def __init__(self, rng, kill, decay):
        _, r2 = model.splits(rng, REFERENCE_TRIALS, PATIENTS, DAYS, EARLY, LATE, kill, decay)
        self.shares = np.sort((r2 < -1e-12).mean(axis=1))
        self.means = np.sort(r2.mean(axis=1))
        # The smallest share and the largest mean that are rejected.
        counts = np.arange(PATIENTS + 1) / PATIENTS
        below = np.searchsorted(self.shares, counts - 1e-9)
        p = (REFERENCE_TRIALS - below + 1) / (REFERENCE_TRIALS + 1)
        self.critical_share = float(counts[p <= LEVEL][0])
        self.critical_mean = float(self.means[int(LEVEL * (REFERENCE_TRIALS + 1)) - 2])

    def share_p(self, r2):
        below = np.searchsorted(self.shares, (r2 < -1e-12).mean(axis=1) - 1e-9)
        return (len(self.shares) - below + 1) / (len(self.shares) + 1)

    def mean_p(self, r2):
        return (np.searchsorted(self.means, r2.mean(axis=1), "right") + 1) / (len(self.means) + 1)


def share(rejected):
    value = float(np.mean(rejected))
    return [value, float(np.sqrt(value * (1 - value) / len(rejected)))]


def row(rng, rate, lifted, decay, kill, references, exposure):
    immune = 0.0
    if lifted:
        control = model.Patients(rng, CONTROL, len(DAYS))
        immune = model.solve(
            lifted,
            lambda k: model.response_rate(
                *model.follow(control, DAYS, kill, decay, k, exposure)
            ),
        )
    r1, r2 = model.splits(
        rng, TRIALS, PATIENTS, DAYS, EARLY, LATE, kill, decay, immune, exposure
    )
    tests = {
        "wilcoxon": wilcoxon_p(r2),
        "sign": sign_p(r2),
        "wilcoxon-late-faster": wilcoxon_p(r2 - r1),
        # The interval lies below 0.
        "hodges-lehmann": np.where(hodges_lehmann_upper(r2) < -1e-12, 0, 1),
        "mcnemar": mcnemar_p(*conversions(r1, r2)),
        "tango": tango_p(*conversions(r1, r2)),
    }
    critical = {}
    for assumed, reference in references.items():
        tests[f"reference-share@{assumed}"] = reference.share_p(r2)
        tests[f"reference-mean@{assumed}"] = reference.mean_p(r2)
        critical[f"reference-share@{assumed}"] = reference.critical_share
        critical[f"reference-mean@{assumed}"] = reference.critical_mean
    return {
        "responseRate": rate,
        "lifted": lifted,
        "decay": decay,
        "kill": kill,
        "immuneKill": immune,
        "medianEarly": float(np.median(r1)),
        "medianLate": float(np.median(r2)),
        "shrinking": share((r2 < 0).ravel()),
        "faster": share(((r2 < r1) & (r2 < 0)).ravel()),
        "critical": critical,
        "rejected": {name: share(p <= LEVEL) for name, p in tests.items()},
    }


def rows():
    rng = np.random.default_rng(20100727)
    exposure = immune_exposure(DAYS)
    for rate in (0.25, 0.39):
        control = model.Patients(rng, CONTROL, len(DAYS))
        kills = {
            decay: model.solve(
                rate, lambda k: model.response_rate(*model.follow(control, DAYS, k, decay))
            )
            for decay in model.DECAY_RATES
        }
        references = {decay: Reference(rng, kill, decay) for decay, kill in kills.items()}
        for lifted in (None, 0.5):
            for decay, kill in kills.items():
                yield row(rng, rate, lifted, decay, kill, references, exposure)


def truth(r):
    return f"{r['responseRate']:.0%}" + (" + immune to 50%" if r["lifted"] else " alone")


def markdown(table):
    """Three tables: the patients, the tests of the split, and the reference tests."""
    tests = ["wilcoxon", "sign", "hodges-lehmann", "wilcoxon-late-faster", "mcnemar", "tango"]
    rates = list(model.DECAY_RATES)
    print("| truth | decay | KD | KI | median r1 | median r2 | r2 < 0 | r2 < r1, r2 < 0 |")
    print("|" + "---|" * 8)
    for r in table:
        cells = [truth(r), r["decay"], f"{r['kill']:.4f}", f"{r['immuneKill']:.4f}"]
        cells += [f"{r['medianEarly']:.3f}", f"{r['medianLate']:.3f}"]
        cells += [f"{r['shrinking'][0]:.3f}", f"{r['faster'][0]:.3f}"]
        print("| " + " | ".join(map(str, cells)) + " |")
    print()
    print("| truth | decay | " + " | ".join(tests) + " |")
    print("|" + "---|" * (2 + len(tests)))
    for r in table:
        cells = [truth(r), r["decay"], *(f"{r['rejected'][test][0]:.3f}" for test in tests)]
        print("| " + " | ".join(map(str, cells)) + " |")
    print()
    print("| truth | decay | " + " | ".join(f"taken {d}" for d in rates) + " |")
    print("|" + "---|" * (2 + len(rates)))
    for r in table:
        both = (
            f"{r['rejected'][f'reference-share@{d}'][0]:.3f}"
            f" / {r['rejected'][f'reference-mean@{d}'][0]:.3f}"
            for d in rates
        )
        print("| " + " | ".join(map(str, [truth(r), r["decay"], *both])) + " |")


if "--markdown" in sys.argv:
    with open(os.path.join(here, "..", "simulated-properties.json")) as kept:
        markdown(json.load(kept)["rows"])
else:
    table = list(rows())
    json.dump(
        {
            "quantity": "properties of a temporal split over the decay rate of the kill",
            "source": "Reference/generate/simulated_properties.py (NumPy 2.4.6, SciPy 1.17.1)",
            "relativeTolerance": 0,
            "rows": table,
        },
        sys.stdout,
        indent=1,
    )
    print()
