"""The immune signal and its integral by mpmath's matrix exponential: immune-signal.json.

Each dose is followed by superposition: the signal at t is the sum over doses of the response to one
dose, and a continuous input is the integral of that response, again through the exponential.
"""

import json
import sys

from mpmath import expm, log, matrix, mp, mpf, zeros

mp.dps = 40
N, MTT, KOUT, KI, INTERVAL = 4, mpf(84), mpf(1) / 84, log(2) / 3, 14
KTR = N / MTT


def rates(inflow):
    """Depot, chain, signal, integral and a constant 1."""
    a = zeros(N + 4)
    a[0, 0] = -KI
    a[1, 0] = KTR * KI
    a[1, N + 3] = KTR * inflow
    for j in range(1, N + 1):
        a[j, j] = -KTR
        if j > 1:
            a[j, j - 1] = KTR
    a[N + 1, N] = 1
    a[N + 1, N + 1] = -KOUT
    a[N + 2, N + 1] = 1
    return a


def start(depot):
    state = zeros(N + 4, 1)
    state[0] = depot
    state[N + 3] = 1
    return state


def doses(days, strength, t):
    total = zeros(2, 1)
    for day in days:
        if day <= t:
            end = expm(rates(0) * (t - day), method="taylor") * start(mpf(strength))
            total += end[N + 1 : N + 3, 0]
    return total


def continuous(until, strength, t):
    def since(length):
        inflow = mpf(strength) / INTERVAL
        end = expm(rates(inflow) * length, method="taylor") * start(mpf(0))
        return end[N + 1 : N + 3, 0]

    return since(mpf(t)) - (since(mpf(t - until)) if t > until else zeros(2, 1))


def row(days, until, strength, t):
    found = doses(days, strength, t) if days else continuous(until, strength, t)
    signal, integral = (found * KOUT * INTERVAL).T.tolist()[0]
    return {
        "doses": days,
        "until": until,
        "strength": strength,
        "day": t,
        "signal": float(signal),
        "integral": float(integral),
    }


schedule = [1 + 14 * k for k in range(12)]
rows = [row(None, 168, 1, t) for t in (28, 56, 84, 112, 168, 224)]
rows += [row(schedule, None, s, t) for s in (1, 0.4) for t in (1, 14, 42, 84, 168, 300)]
rows += [row([0], None, 1, t) for t in (0.5, 20, 84)]
json.dump(
    {
        "quantity": "normalized immune signal and its integral",
        "source": "Reference/generate/immune_signal.py (mpmath)",
        "relativeTolerance": 1e-12,
        "rows": rows,
    },
    sys.stdout,
    indent=1,
)
print()
