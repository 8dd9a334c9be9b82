"""win-ratio: groups compared pair by pair, the gravest endpoint first.

The method and its references are in README.md.
"""
import math
import statistics

import doublet_plugin as doublet

plugin = doublet.Plugin()


@plugin.analysis("win-ratio")
def win_ratio(run):
    endpoints = [name.strip() for name in run.text("endpoints").split(",")]
    level = run.probability("level")
    groups = read_groups(run, endpoints)
    names = list(groups)
    if len(names) < 2:
        raise doublet.Refusal(
            f"by={run.choice('by')}: the patients are all in one group, and two are needed", "by",
            "a column that tells at least two groups apart", "data.impossible")
    result = run.result("Win ratio")
    rows = []
    for number, name in enumerate(names[1:]):
        pairs = Pairs(groups[name], groups[names[0]], run)
        add(result, pairs, name, names[0], level)
        rows.append([name, names[0], pairs.wins, pairs.losses, pairs.ties])
        run.progress((number + 1) / (len(names) - 1))
    result.table("pairs", "Pairs", [
        doublet.column("group", "Group"), doublet.column("against", "Against"),
        doublet.column("wins", "Won", "count"), doublet.column("losses", "Lost", "count"),
        doublet.column("ties", "Undecided", "count")], rows)
    result.method("order of endpoints", ", ".join(endpoints), "Pocock et al. 2012")
    result.method("variance", "U-statistics, variances with n - 1", "Bebu and Lachin 2016")
    result.cite("Pocock SJ, Ariti CA, Collier TJ, Wang D. Eur Heart J 2012;33:176-182.")
    result.cite("Bebu I, Lachin JM. Biostatistics 2016;17:178-187.")
    return result


def read_groups(run, endpoints):
    """Patients by group: for each a list with (day, occurred) or None for every endpoint."""
    times = {}
    for row in run.dataset.rows("event"):
        if row["day"] is not None:
            times[row["subject"], row["endpoint"]] = (row["day"], row["occurred"] == 1)
    known = {endpoint for _, endpoint in times}
    for endpoint in endpoints:
        if endpoint not in known:
            there = ", ".join(sorted(known)) or "no endpoint with times"
            raise doublet.Refusal(
                f"endpoints={run.text('endpoints')}: the data set has {there}", "endpoints",
                f"among {there}", "parameter.value")
    groups = {}
    for row in run.dataset.rows("subject"):
        group = row[run.choice("by")]
        if group is not None:
            subject = [times.get((row["subject"], endpoint)) for endpoint in endpoints]
            groups.setdefault(group, []).append(subject)
    return {str(group): groups[group] for group in sorted(groups)}


def compare(one, other):
    """1 where the first patient wins, -1 where the second does, 0 where nothing decides.

    A patient wins an endpoint when the other's event is known to have come first.
    """
    for mine, theirs in zip(one, other):
        if mine is None or theirs is None:
            continue
        if theirs[1] and theirs[0] < mine[0]:
            return 1
        if mine[1] and mine[0] < theirs[0]:
            return -1
    return 0


class Pairs:
    """Every patient of one group against every patient of another."""

    def __init__(self, group, against, run):
        outcomes = []
        for one in group:
            run.check_cancelled()
            outcomes.append([compare(one, other) for other in against])
        flat = [outcome for row in outcomes for outcome in row]
        self.wins, self.losses, self.ties = flat.count(1), flat.count(-1), flat.count(0)
        self.standard_error = self._standard_error(outcomes)

    def _standard_error(self, outcomes):
        """Of the logarithm of the win ratio; None where a group is too small or never wins."""
        sizes = len(outcomes), len(outcomes[0])
        if min(sizes) < 2 or not self.wins or not self.losses:
            return None
        won, lost = (count / (sizes[0] * sizes[1]) for count in (self.wins, self.losses))
        variance = 0.0
        for rows in (outcomes, list(zip(*outcomes))):
            # How much each patient moves log(won / lost), to first order.
            pulls = [row.count(1) / len(row) / won - row.count(-1) / len(row) / lost
                     for row in rows]
            variance += statistics.variance(pulls) / len(pulls)
        return math.sqrt(variance)


def add(result, pairs, group, against, level):
    label = f"Win ratio, {group} against {against}"
    if pairs.standard_error is None or pairs.standard_error == 0:
        result.estimate("win-ratio", label, None, group=group, status=(
            "no interval or ratio: a group has one patient, or wins or losses are all on one side"))
        return
    ratio = pairs.wins / pairs.losses
    z = math.log(ratio) / pairs.standard_error
    half = statistics.NormalDist().inv_cdf(0.5 + level / 2) * pairs.standard_error
    result.estimate("win-ratio", label, ratio, group=group, interval=doublet.interval(
        "wald-log", level, ratio * math.exp(-half), ratio * math.exp(half)))
    result.test("win-ratio", "wald-log", math.erfc(abs(z) / math.sqrt(2)), statistic=z,
                versus=against, group=group)


if __name__ == "__main__":
    plugin.main()
