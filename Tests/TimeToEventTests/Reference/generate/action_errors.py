"""Standard errors of survival under independent action, by numerical derivatives.

Run in this folder: python3 action_errors.py. Two uncensored samples have survivals 1 - k/n with the
binomial's variance; the derivatives are central differences of the joint probability by quadrature, not
the conditional normal probabilities the module takes for them.
"""
import json

import numpy as np
import scipy
from scipy.integrate import quad
from scipy.stats import norm


def combined(s1, s2, r):
    a, b = norm.isf(s1), norm.isf(s2)
    both = quad(lambda z: norm.pdf(z) * norm.sf((b - r * z) / np.sqrt(1 - r * r)), a, 14,
                epsabs=1e-14, epsrel=1e-13, limit=300)[0]
    return s1 + s2 - both


rows = []
for n1, k1, n2, k2 in ((30, 12, 50, 20), (100, 90, 80, 8), (60, 30, 60, 30), (25, 1, 400, 399)):
    for rho in (-0.4, 0, 0.3, 0.6, 0.9):
        r = 2 * np.sin(np.pi * rho / 6)
        s1, s2, h = 1 - k1 / n1, 1 - k2 / n2, 1e-5
        d1 = (combined(s1 + h, s2, r) - combined(s1 - h, s2, r)) / (2 * h)
        d2 = (combined(s1, s2 + h, r) - combined(s1, s2 - h, r)) / (2 * h)
        variance = d1**2 * s1 * (1 - s1) / n1 + d2**2 * s2 * (1 - s2) / n2
        rows.append(dict(patients=[n1, n2], events=[k1, k2], correlation=rho,
                         error=float(np.sqrt(variance))))
json.dump(dict(
    quantity="standard errors of survival under independent action", relativeTolerance=1e-5,
    source=f"generate/action_errors.py with numpy {np.__version__}, scipy {scipy.__version__}",
    rows=rows), open("../action-errors.json", "w"))
print(len(rows))
