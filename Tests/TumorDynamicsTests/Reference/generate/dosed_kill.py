"""Sums of diameters under dosed drugs and an immunostimulant by an ODE solver: dosed-kill.json.

Every equation of the model is integrated as it is written, amounts in the effect compartments
included, by SciPy's DOP853 (rtol 1e-12, atol 1e-14), restarted at every dose. Nothing is summed in
closed form.
"""

import json
import math
import sys

import numpy as np
import scipy
from scipy.integrate import solve_ivp

WEEKLY = [28 * c + d for c in range(6) for d in (0, 7, 14)]
THREE_WEEKLY = [21 * c for c in range(6)]
BIWEEKLY = [1 + 14 * c for c in range(12)]
DAYS = [7, 56, 84, 112, 168, 250.5]


def drug(kill, decay, doses=None, kde=0.1, cycle=28, per_cycle=3, relative=1):
    doses = None if doses is None else [[d, relative] for d in doses]
    return dict(kill=kill, decay=decay, doses=doses, elimination=kde, cycle=cycle, perCycle=per_cycle)


def immune(kill, strength=1, days=BIWEEKLY, mtt=84, n=4, kout=1 / 84, depot=math.log(2) / 3):
    return dict(
        kill=kill, doses=[[d, strength] for d in days], transit=mtt, compartments=n, loss=kout,
        depot=depot, interval=14,
    )


def solve(case):
    drugs, agent = case["drugs"], case["immune"]
    n = agent["compartments"] if agent else 0
    first = 1 + len(drugs)  # the depot, behind ln y and the effect compartments
    total = sum(d["kill"] for d in drugs)
    sigma, rule, psi = case["priming"], case["combination"], case["interaction"]

    def kills(t, x):
        kc = 0.0
        for j, d in enumerate(drugs):
            effect = 1.0
            if d["doses"] is not None:
                effect = x[1 + j] * d["elimination"] * d["cycle"] / d["perCycle"]
            kc += d["kill"] * effect * math.exp(-d["decay"] * t)
        ki = 0.0
        if agent:
            ki = agent["kill"] * x[first + n + 1] * agent["loss"] * agent["interval"]
        return kc, ki

    def slope(t, x):
        kc, ki = kills(t, x)
        if rule == "additive":
            kill = kc + ki
        elif rule == "hsa":
            kill = max(kc, ki)
        else:
            kill = kc + ki + psi * math.sqrt(max(kc * ki, 0.0))
        dx = np.zeros_like(x)
        dx[0] = case["growth"] - kill
        for j, d in enumerate(drugs):
            dx[1 + j] = -d["elimination"] * x[1 + j] if d["doses"] is not None else 0.0
        if agent:
            ktr = n / agent["transit"]
            flow = agent["depot"] * x[first] * (1 + sigma * kc / total if sigma else 1)
            dx[first] = -agent["depot"] * x[first]
            for p in range(1, n + 1):
                dx[first + p] = ktr * (flow - x[first + p])
                flow = x[first + p]
            dx[first + n + 1] = flow - agent["loss"] * x[first + n + 1]
        return dx

    events = {}
    for j, d in enumerate(drugs):
        for day, amount in d["doses"] or []:
            events.setdefault(day, []).append((1 + j, amount))
    for day, amount in agent["doses"] if agent else []:
        events.setdefault(day, []).append((first, amount))
    x = np.zeros(first + (n + 2 if agent else 0))
    now, found = 0.0, []
    for stop in sorted(set(events) | set(case["days"])):
        if stop > max(case["days"]):
            break
        if stop > now:
            # The kink of a maximum escapes the error estimate of a long step.
            longest = 0.05 if rule == "hsa" else np.inf
            run = solve_ivp(
                slope, (now, stop), x, "DOP853", rtol=1e-12, atol=1e-14, max_step=longest)
            x, now = run.y[:, -1].copy(), stop
        if stop in case["days"]:
            found.append(math.exp(x[0]))
        for place, amount in events.get(stop, []):
            x[place] += amount
    return found


def case(name, drugs, agent=None, combination="additive", interaction=0, priming=0, days=DAYS):
    row = dict(
        name=name, drugs=drugs, immune=agent, combination=combination, interaction=interaction,
        priming=priming, growth=0.00107, days=days,
    )
    row["ratios"] = solve(row)
    return row


paclitaxel = drug(0.0064, 0.0193, WEEKLY)
carboplatin = drug(0.004, 0.012, THREE_WEEKLY, kde=math.log(2) / 7, cycle=21, per_cycle=1)
rows = [
    case("constant exposure", [drug(0.0103, 0.0193)]),
    case("no resistance", [drug(0.004, 0, WEEKLY)]),
    case("weekly", [paclitaxel]),
    case("reduced doses", [drug(0.0064, 0.0193, WEEKLY, relative=0.75)]),
    case("slow effect", [drug(0.0064, 0.0193, WEEKLY, kde=0.004)]),
    case("fast effect", [drug(0.0064, 0.0193, WEEKLY, kde=3)]),
    case("two drugs", [paclitaxel, carboplatin]),
    case("immune alone", [], immune(0.009)),
    case("additive", [paclitaxel], immune(0.0036)),
    case("additive at a lower dose", [paclitaxel, carboplatin], immune(0.0036, strength=0.3)),
    case("a short chain", [paclitaxel], immune(0.0036, mtt=30, n=1)),
    case("a long chain of equal rates", [paclitaxel], immune(0.009, n=7, kout=7 / 84, depot=7 / 84)),
    case("highest single agent", [paclitaxel], immune(0.009), "hsa"),
    case("synergy", [paclitaxel], immune(0.0036), "greco", 0.5),
    case("antagonism", [paclitaxel, carboplatin], immune(0.0036), "greco", -0.5),
    case("priming", [paclitaxel], immune(0.0036), priming=2),
    case("priming by two drugs, HSA", [paclitaxel, carboplatin], immune(0.009), "hsa", 0, 1.5),
    case("many scans", [paclitaxel], immune(0.0036), days=list(range(7, 169, 7))),
]
json.dump(
    {
        "quantity": "sum of diameters over baseline",
        "source": f"Reference/generate/dosed_kill.py (SciPy {scipy.__version__}, DOP853)",
        "relativeTolerance": 1e-8,
        "rows": rows,
    },
    sys.stdout,
    indent=1,
)
print()
