#!/usr/bin/env python3
"""generate.py REFERENCE: writes reference.csv and published.csv beside this file.

REFERENCE is the folder of the reference tables: golden.csv (one value per function, inputs and
quantity, with the programs that agree on it) and the tables of published and tool-printed values.
Nothing is computed here: numbers are copied as they stand, with where they are from. Known
disagreements are kept by hand in disagreements.csv.
"""
import csv
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
COLUMNS = ["method", "command", "path", "expected", "tolerance", "source"]
RATE = "estimates[name=objective-response-rate][interval.method={}].interval.{}"
DIFFERENCE = "estimates[name=rate-difference][interval.method={}].interval.{}"
RATIO = "estimates[name={}][interval.method={}].{}"
TEST = "tests[method={}].{}"

INTERVALS = {
    "ci_clopper_pearson": "clopper-pearson", "ci_wilson": "wilson", "ci_wilson_cc": "wilson-cc",
    "ci_agresti_coull": "agresti-coull", "ci_midp": "mid-p", "ci_blaker": "blaker",
    "ci_wald": "wald", "ci_jeffreys_raw": "jeffreys",
}
DIFFERENCES = {"ci_mn_diff": "miettinen-nurminen", "ci_newcombe10": "newcombe",
               "ci_mee_diff": "mee"}
ONE_SAMPLE_TESTS = {
    "binom_test": "exact", "binom_test_midp": "mid-p", "binom_test_blaker": "blaker",
}
TESTS = {
    "chi2_pearson": "chi-square", "chi2_yates": "chi-square-yates", "fisher": "fisher",
    "barnard_zpooled": "barnard", "boschloo_central": "boschloo-central",
    "boschloo_minlike": "boschloo",
}
# The convention this command follows where the programs differ: whose row is taken.
CONVENTIONS = {"ci_midp": "own brentq", "ci_blaker": "BlakerCI"}


def alternative(inputs):
    return inputs.get("alternative", "two-sided").replace("two.sided", "two-sided")


def golden(row):
    """The cases of one row of golden.csv, none where the command cannot say it."""
    inputs = dict(part.split("=", 1) for part in row["inputs"].split(";"))
    function, quantity, expected = row["function"], row["quantity"], row["expected"]
    source = f"{row['source']} ({row['version']})"
    agreed = row["status"] in ("agree", "agree_some_peers_off")
    chosen = row["status"] == "convention_or_tolerance" and function in CONVENTIONS \
        and row["source"].startswith(CONVENTIONS[function])
    if not (agreed or chosen):
        return
    tolerance = "1e-10"
    if function == "ci_jeffreys_raw":
        # Beyond the first and last count the limit is 0 or 1 here, not the quantile.
        if (inputs["x"], quantity) == ("0", "lower"):
            return
        if inputs["x"] == inputs["n"] and quantity == "upper":
            return
    if function in INTERVALS:
        method = INTERVALS[function]
        command = f"response-rate {inputs['x']}/{inputs['n']} level={inputs['level']}"
        yield f"interval {method}", command, RATE.format(method, quantity), expected, tolerance, source
    elif function in ONE_SAMPLE_TESTS:
        method = ONE_SAMPLE_TESTS[function]
        command = (f"response-rate {inputs['x']}/{inputs['n']} control={inputs['p0']} "
                   f"alternative={alternative(inputs)}")
        yield f"test {method}", command, TEST.format(method, "pValue"), expected, tolerance, source
    elif function in DIFFERENCES:
        method = DIFFERENCES[function]
        command = f"response-rate {inputs['x1']}/{inputs['n1']} control={inputs['x2']}/{inputs['n2']}"
        yield (f"difference {method}", command, DIFFERENCE.format(method, quantity), expected,
               tolerance, source)
    elif function == "fisher_or":
        if int(inputs["x1"]) + int(inputs["x2"]) == 0:
            return  # Nothing is known of the odds ratio where nobody responds; R says 0.
        command = (f"response-rate {inputs['x1']}/{inputs['n1']} "
                   f"control={inputs['x2']}/{inputs['n2']} odds=conditional-exact")
        part = "value" if quantity == "cmle" else f"interval.{quantity}"
        yield ("odds ratio conditional-exact", command,
               RATIO.format("odds-ratio", "conditional-exact", part), expected, tolerance, source)
    elif function in TESTS or function == "boschloo":
        one_sided = alternative(inputs) != "two-sided"
        method = TESTS.get(function, "boschloo" if one_sided else None)
        if method is None or quantity not in ("p", "stat"):
            return
        if quantity == "stat" and not function.startswith("chi2"):
            return
        if quantity == "stat" and 0 < float(expected) < 1e-25:
            return  # The rounding error of a statistic that is 0.
        command = (f"response-rate {inputs['x1']}/{inputs['n1']} "
                   f"control={inputs['x2']}/{inputs['n2']}")
        if one_sided:
            command += f" alternative={alternative(inputs)}"
        path = TEST.format(method, "pValue" if quantity == "p" else "statistic")
        yield f"test {method}", command, path, expected, tolerance, source


def printed(number):
    return repr(number) if isinstance(number, float) else str(number)


def tolerance_of(text, stated):
    """As printed; relative where a value has every digit, or its source is looser than its digits."""
    digits = text.partition(".")[2]
    if float(text) in (0, 1) or len(digits) > 13:
        return "1e-10"
    if stated and float(stated) > 0.51 * 10 ** -len(digits):
        return f"{float(stated) / abs(float(text)):.1e}"  # Stated as an absolute one.
    return "printed"


def published_intervals(row, inputs, expected):
    names = {"clopper-pearson", "wilson", "wilson-cc", "jeffreys", "agresti-coull", "mid-p",
             "blaker", "wald"}
    method = row["method"].replace(" (bisection)", "")
    if "Wilson" in method:
        method = "wilson"
    # Two programs' mid-p limits are a coarse search; disagreements.csv names them.
    if method not in names or (method == "mid-p" and "bisection" in row["note"]):
        return
    command = f"response-rate {inputs['x']}/{inputs['n']} level={inputs['conf']}"
    for limit, value in expected.items():
        yield f"interval {method}", command, RATE.format(method, limit), value


ONE_SAMPLE = {
    "exact two-sided (minlike)": ("exact", "two-sided"), "score chi2": ("score", "two-sided"),
    "mid-p less": ("mid-p", "less"),
    "exact two-sided doubled tail (SAS PROC FREQ)": ("exact-doubled", "two-sided"),
    "wald/score z two-sided": None,
    "IMP321: exact binomial one-sided": ("exact", "greater"),
    "IMP321: mid-p one-sided": ("mid-p", "greater"),
}


def published_one_sample(row, inputs, expected):
    chosen = ONE_SAMPLE.get(row["method"])
    if chosen is None or "p" not in expected:
        return
    method, side = chosen
    command = f"response-rate {inputs['x']}/{inputs['n']} control={inputs['p0']} alternative={side}"
    yield f"test {method}", command, TEST.format(method, "pValue"), expected["p"]


def published_tests(row, inputs, expected):
    name = row["method"]
    if "x1" in inputs:
        x1, n1, x2, n2 = (inputs[key] for key in ("x1", "n1", "x2", "n2"))
    elif inputs.get("groups") == "columns":
        (x1, x2), (y1, y2) = inputs["table"]
        n1, n2 = x1 + y1, x2 + y2
    else:
        return
    side = "two-sided"
    if name.startswith("barnard z-pooled"):
        method = "barnard"
        if "less" in name:
            side = "less"
        if inputs.get("alternative") == "greater":
            side = "less"  # The row's alternative is that the second rate is the larger one.
    elif name in ("boschloo less", "boschloo greater"):
        method, side = "boschloo", name.split()[1]
    elif name.startswith("boschloo two-sided central"):
        method = "boschloo-central"
    elif name.startswith("boschloo two-sided minlike"):
        method = "boschloo"
    elif name == "pearson chi2 two-sided":
        method = "chi-square"
    elif name == "fisher two-sided":
        method = "fisher"
    else:
        return
    command = f"response-rate {x1}/{n1} control={x2}/{n2}"
    if side != "two-sided":
        command += f" alternative={side}"
    yield f"test {method}", command, TEST.format(method, "pValue"), expected["p"]


DIFFERENCE_NAMES = {
    "miettinen-nurminen": "miettinen-nurminen", "agresti-caffo": "agresti-caffo", "wald": "wald",
    "newcombe cc": "newcombe-cc", "newcombe hybrid (MOVER-Wilson)": "newcombe",
    "mee (score, no N/(N-1))": "mee", "Gart-Nam": "gart-nam", "SCAS": "scas",
    "wald cc": "wald-cc", "wald cc all responders": "wald-cc", "hauck-anderson": "hauck-anderson",
}
RATIO_NAMES = {
    "RR": {"miettinen-nurminen": "miettinen-nurminen", "koopman": "koopman",
           "koopman score": "koopman", "gart-nam RR": "gart-nam", "SCAS": "scas",
           "adjusted log": "walter"},
    "OR": {"miettinen-nurminen": "miettinen-nurminen", "cornfield (no cc)": "cornfield",
           "uncorrected score": "cornfield", "gart adjusted logit": "gart"},
}


def published_differences(row, inputs, expected):
    effect = inputs.get("effect")
    names = RATIO_NAMES.get(effect, DIFFERENCE_NAMES if effect == "RD p1-p2" else {})
    method = names.get(row["method"])
    if method is None:
        return
    command = (f"response-rate {inputs['x1']}/{inputs['n1']} "
               f"control={inputs['x2']}/{inputs['n2']} level={inputs['conf']}")
    if effect in RATIO_NAMES:
        name, label = ("ratio", "ratio") if effect == "RR" else ("odds", "odds ratio")
        for limit, value in expected.items():
            path = RATIO.format("rate-ratio" if effect == "RR" else "odds-ratio", method,
                                f"interval.{limit}")
            yield f"{label} {method}", f"{command} {name}={method}", path, value
        return
    command += f" difference={method}"
    for limit, value in expected.items():
        yield f"difference {method}", command, DIFFERENCE.format(method, limit), value


PUBLISHED = {
    "proportion_ci.csv": published_intervals, "one_sample_tests.csv": published_one_sample,
    "two_sample_exact_tests.csv": published_tests, "two_sample_ci.csv": published_differences,
}


def write(name, rows):
    with open(os.path.join(HERE, name), "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    print(f"{name}: {len(rows)} cases")


def main(folder):
    with open(os.path.join(folder, "golden.csv")) as file:
        write("reference.csv", [case for row in csv.DictReader(file) for case in golden(row)])
    rows = []
    for name, cases in PUBLISHED.items():
        with open(os.path.join(folder, name)) as file:
            for row in csv.DictReader(file):
                inputs, expected = json.loads(row["inputs_json"]), json.loads(row["expected_json"])
                source = f"{row['source']} ({row['id']})"
                for method, command, path, value in cases(row, inputs, expected):
                    text = printed(value)
                    rows.append((method, command, path, text, tolerance_of(text, row["tol"]), source))
    write("published.csv", rows)


if __name__ == "__main__":
    main(sys.argv[1])
