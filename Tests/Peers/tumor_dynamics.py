"""Virtual patients over 24 weeks by SciPy's DOP853 and by NumPy: WORKLOAD,PEER,SECONDS,VALUE."""

import math
import sys
import time

try:
    import numpy as np
    from scipy.integrate import solve_ivp
except ImportError:
    sys.exit(1)

WEEKS = np.arange(7.0, 169.0, 7.0)


def column(n, low, high, step, modulus):
    return low + (high - low) * ((np.arange(n) * step % modulus + 0.5) / modulus)


def patients(n):
    return (
        column(n, 30, 120, 7919, 100_003),
        column(n, 0.0002, 0.0032, 104_729, 100_019),
        column(n, 0.002, 0.014, 15_485_863, 100_043),
        column(n, 0.005, 0.045, 32_452_843, 100_049),
        column(n, 0, 0.012, 49_979_687, 100_057),
    )


def plain(n):
    y0, kl, kd, lam, _ = patients(n)
    run = solve_ivp(
        lambda t, y: (kl - kd * np.exp(-lam * t)) * y, (0, 168), y0, "DOP853", WEEKS,
        rtol=1e-8, atol=1e-10,
    )
    return run.y.T


def plain_closed(n):
    """The integral of the kill is known: one array of sums by week and patient."""
    y0, kl, kd, lam, _ = patients(n)
    t = WEEKS[:, None]
    return y0 * np.exp(kl * t + kd / lam * np.expm1(-lam * t))


def plain_rk4(n):
    y0, kl, kd, lam, _ = patients(n)
    y, h, found = y0.copy(), 0.7, []
    slope = lambda t, y: (kl - kd * np.exp(-lam * t)) * y
    for week in range(24):
        for j in range(10):
            t = 7 * week + j * h
            a = slope(t, y)
            b = slope(t + h / 2, y + h / 2 * a)
            c = slope(t + h / 2, y + h / 2 * b)
            y = y + h / 6 * (a + 2 * b + 2 * c + slope(t + h, y + h * c))
        found.append(y)
    return np.array(found)


def dosed(n):
    """What patients share (effect, depot, chain, signal) once, then everybody's logarithm."""
    y0, kl, kd, lam, ki = patients(n)
    kde, scale, depot, ktr, kout = 0.1, 0.1 * 28 / 3, math.log(2) / 3, 4 / 84, 1 / 84
    doses = {28 * c + d: 0 for c in range(6) for d in (0, 7, 14)}
    doses |= {28 * c + d: 1 for c in range(6) for d in (1, 15)}
    x, found, now = np.concatenate([np.zeros(7), np.zeros(n)]), {}, 0.0

    def slope(t, x):
        a, s, p1, p2, p3, p4, signal = x[:7]
        d = np.empty_like(x)
        d[:7] = (
            -kde * a, -depot * s, ktr * (depot * s - p1), ktr * (p1 - p2), ktr * (p2 - p3),
            ktr * (p3 - p4), p4 - kout * signal,
        )
        d[7:] = kl - kd * (scale * a) * np.exp(-lam * t) - ki * (signal * kout * 14)
        return d

    for stop in sorted(set(doses) | set(WEEKS)):
        if stop > now:
            x = solve_ivp(slope, (now, stop), x, "DOP853", rtol=1e-8, atol=1e-10).y[:, -1]
            now = stop
        if stop in WEEKS:
            found[stop] = y0 * np.exp(x[7:])
        if stop in doses:
            x = x.copy()
            x[doses[stop]] += 1
    return np.array([found[week] for week in WEEKS])


# As many for every peer and for Doublet (TumorDynamicsBenchmark.swift).
ROUNDS = 5


def best(workload, peer, work):
    fastest = math.inf
    for _ in range(ROUNDS):
        start = time.perf_counter()
        sums = work()
        fastest = min(fastest, time.perf_counter() - start)
    print(f"{workload},{peer},{fastest:.9f},{float(sums[-1].mean()):.17g}")


best("plain 10000", "SciPy DOP853", lambda: plain(10_000))
best("plain 10000", "NumPy RK4", lambda: plain_rk4(10_000))
best("plain 10000", "NumPy closed form", lambda: plain_closed(10_000))
best("plain 10000 into new memory", "SciPy DOP853", lambda: plain(10_000))
best("plain 10000 into new memory", "NumPy closed form", lambda: plain_closed(10_000))
best("dosed 10000", "SciPy DOP853", lambda: dosed(10_000))
best("dosed 10000 into new memory", "SciPy DOP853", lambda: dosed(10_000))
best("dosed 100000", "SciPy DOP853", lambda: dosed(100_000))
