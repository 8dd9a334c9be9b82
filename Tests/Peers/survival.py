"""Kaplan-Meier curves, the log-rank test and a Cox model of 100,000 subjects by statsmodels and, where
it is installed, lifelines.

Prints WORKLOAD,PEER,SECONDS,VALUE, best of several; the same subjects as SurvivalBenchmark.
"""
import sys
import time
import warnings

try:
    import numpy as np
    import statsmodels
    from statsmodels.duration.hazard_regression import PHReg
    from statsmodels.duration.survfunc import SurvfuncRight, survdiff
except ImportError:
    print("statsmodels is not installed: skipped")
    sys.exit(1)
try:
    import lifelines
    import pandas
    from lifelines.statistics import logrank_test
except ImportError:
    lifelines = None
warnings.filterwarnings("ignore")

NAME = f"statsmodels {statsmodels.__version__}"
i = np.arange(100000)
arm = i % 2
ecog = i % 3
age = 40 + 45 * ((i * 15485863 % 100043 + 0.5) / 100043)
u = (i * 7919 % 100003 + 0.5) / 100003
v = (i * 104729 % 100019 + 0.5) / 100019
event_time = 200 * u / (1 - u) * (1 + 0.4 * arm) / (1 + 0.2 * ecog) * (120 / (60 + age))
censoring = 50 + 850 * v
untied = np.minimum(event_time, censoring)
days = np.ceil(untied)
event = (event_time <= censoring).astype(int)


def best(work, repeats):
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        value = work()
        times.append(time.perf_counter() - start)
    return min(times), value


def curves(times):
    groups = [(times[arm == a], event[arm == a]) for a in (0, 1)]

    def work():
        curves = [SurvfuncRight(t, e) for t, e in groups]
        return sum(float(c.surv_prob[c.surv_times <= 180][-1]) for c in curves)
    return work


def report(workload, peer, work, repeats):
    seconds, value = best(work, repeats)
    print(f"{workload},{peer},{seconds},{value!r}")


for label, times in (("days", days), ("untied", untied)):
    report(f"kaplan-meier {label}", f"{NAME} SurvfuncRight", curves(times), 9)
    report(f"log-rank {label}", f"{NAME} survdiff",
           lambda: float(survdiff(times, event, arm)[0]), 9)
    if lifelines:
        report(f"log-rank {label}", f"lifelines {lifelines.__version__}",
               lambda: float(logrank_test(times[arm == 0], times[arm == 1], event[arm == 0],
                                          event[arm == 1]).test_statistic), 3)
x = np.column_stack([arm, age, ecog])
report("cox days", f"{NAME} PHReg",
       lambda: float(PHReg(days, x, event, ties="efron").fit().params.sum()), 1)
if lifelines:
    frame = pandas.DataFrame(dict(time=days, event=event, arm=arm, age=age, ecog=ecog))
    report("cox days", f"lifelines {lifelines.__version__}",
           lambda: float(lifelines.CoxPHFitter().fit(frame, "time", "event").params_.sum()), 2)
