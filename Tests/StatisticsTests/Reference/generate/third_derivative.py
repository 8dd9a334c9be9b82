#!/usr/bin/env python3
"""Prints the largest sum of |third derivatives| of the binomial probabilities by the angle.

BernsteinMaximum.swift bounds the third derivative of sum a_s B_s(theta), where
B_s = C(n, s) sin^2s cos^2(n-s), by half the spread of the a_s times this sum; the last column
is the sum with (4n)^(3/2) taken out. Each B_s is a trigonometric polynomial of degree n in
2 theta, so its derivatives are exact through the discrete Fourier transform.

Python 3.11, NumPy, SciPy.
"""
import numpy as np
from scipy.stats import binom

for n in (2, 3, 5, 10, 20, 50, 100, 273, 500, 1000, 2000):
    points = 4 * (n + 1)
    phi = 2 * np.pi * np.arange(points) / points
    frequency = np.fft.fftfreq(points, 1 / points)
    total = np.zeros(points)
    p = np.sin(phi / 2) ** 2
    for s in range(n + 1):
        spectrum = np.fft.fft(binom.pmf(s, n, p)) * (2j * frequency) ** 3
        total += np.abs(np.fft.ifft(spectrum).real)
    k = total.argmax()
    print(n, f"theta={phi[k] / 2:.6f}", f"{total[k] / (4 * n) ** 1.5:.6f}", flush=True)
