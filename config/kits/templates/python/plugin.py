"""@NAME@: a response rate with its Wilson interval, and the chance that it is above a target.

Try it without a daemon:  python3 plugin.py --try @NAME@ 15/30 target=25%
Change it, run test_plugin.py, then say  plugins check FOLDER  in the REPL.
"""
import statistics

import doublet_plugin as doublet

plugin = doublet.Plugin()


@plugin.analysis("@NAME@")
def analyze(run):
    # The host has checked types and bounds by plugin.toml; what is read here has its kind.
    count = run.ratio("responders")
    target = run.probability("target")
    level = run.probability("level")
    # What only this analysis knows to be wrong it refuses, naming the parameter.
    if count.total > 100_000:
        raise doublet.Refusal.of("responders", f"{count.events}/{count.total}",
                                 "at most 100000 patients: the posterior is then a point")

    lower, upper = wilson(count.events, count.total, level)
    above = chance_above(run, count, target)

    result = run.result("Response rate against a target")
    result.estimate("rate", "Response rate", count.events / count.total, count=count,
                    interval=doublet.interval("wilson", level, lower, upper))
    result.estimate("above-target", f"Posterior chance of a rate above {target:g}", above)
    result.method("interval", "Wilson score without continuity correction",
                  source="Wilson, J Am Stat Assoc 1927;22:209-212")
    result.method("prior", "Beta(1/2, 1/2)", source="Jeffreys 1946")
    result.note("info", "simulation",
                f"The chance is a mean of {run.integer('replicates')} draws; another seed moves it.")
    return result


def wilson(events, total, level):
    """Limits of Wilson's score interval; exact at 0 and at all events."""
    z = statistics.NormalDist().inv_cdf(0.5 + level / 2)
    rate, share = events / total, z * z / total
    center = (rate + share / 2) / (1 + share)
    half = z * ((rate * (1 - rate) + share / 4) / total) ** 0.5 / (1 + share)
    return (0.0 if events == 0 else center - half, 1.0 if events == total else center + half)


def chance_above(run, count, target):
    """The share of posterior draws above the target."""
    draws = run.integer("replicates")
    above = 0
    for replicate in range(draws):
        # A stream of its own for every replicate: only the seed decides, never the order.
        rate = run.random(replicate).betavariate(
            count.events + 0.5, count.total - count.events + 0.5)
        above += rate > target
        run.progress((replicate + 1) / draws)   # also ends the run here once it was cancelled
    return above / draws


if __name__ == "__main__":
    plugin.main()
