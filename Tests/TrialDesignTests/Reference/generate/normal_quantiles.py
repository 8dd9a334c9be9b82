"""Standard normal quantiles by mpmath (1.3 or later), to 40 digits: normal-quantiles.json."""

import json
import sys

from mpmath import erfinv, findroot, mp, mpf, ncdf, sqrt

mp.dps = 40
tails = [
    2.0**-53, 1e-300, 1e-100, 1e-30, 1e-15, 1e-12, 1.4e-11, 1.3e-11, 1e-6, 0.001, 0.02, 0.0749,
    0.07499999999999996, 0.075, 0.0751, 0.1, 0.25, 0.49, 0.5 - 2.0**-40, 0.5, 0.6, 0.9, 0.925,
    0.9251, 0.975, 0.999, 1 - 2.0**-30, 1 - 2.0**-53,
]


def quantile(tail):
    tail = mpf(tail)
    if tail > 1e-25:
        return sqrt(2) * erfinv(2 * tail - 1)
    # erfinv loses all digits this far out; Mills's ratio gives a start.
    start = -sqrt(-2 * mp.log(tail))
    return findroot(lambda z: mp.log(ncdf(z)) - mp.log(tail), start)


json.dump(
    {
        "quantity": "standard normal quantiles",
        "source": "Reference/generate/normal_quantiles.py (mpmath)",
        "relativeTolerance": 1e-15,
        "rows": [{"tail": t, "quantile": float(quantile(t))} for t in tails],
    },
    sys.stdout,
    indent=1,
)
print()
