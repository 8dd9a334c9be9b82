"""Author kit for Doublet plugins in Python: one file, standard library only, Python 3.8 or newer.

Keep this file beside ``plugin.py`` and ``plugin.toml``. A whole plugin::

    import doublet_plugin as doublet

    plugin = doublet.Plugin()

    @plugin.analysis("mean")
    def mean(run):
        count = run.ratio("responders")
        result = run.result("Mean")
        result.estimate("rate", "Response rate", count.events / count.total)
        return result

    if __name__ == "__main__":
        plugin.main()

The host speaks on file descriptors 3 and 4, so ``print`` is free: what is printed becomes the log
of the run. ``python3 plugin.py --try mean responders=15/30`` runs an analysis without a host.

Numbers travel as the shortest text that reads back as the same double, those that are not finite
as the strings "NaN", "Inf" and "-Inf", missing ones (None) as null, whole numbers beyond 2**53 and
seeds as strings.
"""
import contextlib
import hashlib
import json
import math
import os
import pathlib
import queue
import random
import re
import sqlite3
import stat
import sys
import threading
import time
import traceback
from typing import NamedTuple

try:
    import tomllib
except ImportError:  # Python before 3.11: the host still checks every value, `--try` cannot.
    tomllib = None

PROTOCOL = 1
REFUSED, CANCELLED = -32001, -32800
PARSE_ERROR, INVALID_REQUEST, UNKNOWN_METHOD, INVALID_PARAMETERS = -32700, -32600, -32601, -32602
DAYS_PER_MONTH = 30.4375
HOST_RUN = "host.run"
_CANCELLED_KIND = "run.cancelled"
_REQUIRED = object()
_EXACT_INTEGERS = 2**53


class Refusal(Exception):
    """The input is at fault, or the data cannot answer; the host shows the message as it stands.

    `parameter` is the parameter to point at, `expected` what would have been accepted, `kind` a
    stable dotted name for programs.
    """

    def __init__(self, message, parameter=None, expected=None, kind="analysis.refused"):
        super().__init__(message)
        self.message, self.parameter, self.expected, self.kind = message, parameter, expected, kind

    @classmethod
    def of(cls, parameter, value, expected):
        """The refusal of one parameter's value."""
        return cls(f"{parameter}={_shown(value)}: expected {expected}", parameter, expected,
                   "parameter.value")


class Cancelled(Exception):
    """The user has given the run up; let it pass, the kit answers for you."""


class Ratio(NamedTuple):
    """Events among a total, such as responders among patients."""

    events: int
    total: int


# Numbers and parameters


def plain(value):
    """A value as JSON can carry it without losing a digit."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, int):
        return int(value) if abs(value) <= _EXACT_INTEGERS else str(int(value))
    if isinstance(value, float):
        if math.isfinite(value):
            return float(value)
        return "NaN" if math.isnan(value) else "Inf" if value > 0 else "-Inf"
    if isinstance(value, dict):
        return {str(key): plain(member) for key, member in value.items()}
    if isinstance(value, Ratio):
        return {"events": plain(value.events), "total": plain(value.total)}
    if isinstance(value, (list, tuple)):
        return [plain(member) for member in value]
    for name in ("tolist", "item"):  # NumPy's and pandas's arrays and scalars.
        if hasattr(value, name):
            return plain(getattr(value, name)())
    raise TypeError(f"a result cannot hold a {type(value).__name__}")


def to_json(value):
    """A value as one line of JSON."""
    return json.dumps(plain(value), allow_nan=False, separators=(",", ":"))


def _shown(value):
    if isinstance(value, dict) and {"events", "total"} <= value.keys():
        return f"{value['events']}/{value['total']}"
    return value if isinstance(value, str) else to_json(value)


def _number_text(number):
    return str(int(number)) if number == int(number) else repr(float(number))


def _bounds(declared):
    low, high = declared.get("minimum"), declared.get("maximum")
    if low is not None and high is not None:
        return f"from {_number_text(low)} to {_number_text(high)}"
    if low is not None:
        return f"{_number_text(low)} or more"
    return None if high is None else f"at most {_number_text(high)}"


def expectation(declared):
    """What a parameter accepts, in the host's words."""
    bounds = _bounds(declared)
    return {
        "count": "a whole number, " + (bounds or "0 or more"),
        "integer": "a whole number" + (f", {bounds}" if bounds else ""),
        "number": "a number" + (f", {bounds}" if bounds else ""),
        "probability": f"a probability {bounds}" if bounds
        else "a probability strictly between 0 and 1",
        "ratio": "responders/patients with 0 ≤ responders ≤ patients and patients at least 1",
        "duration": "a duration such as 84d, 12w or 3mo" + (f", {bounds} days" if bounds else ""),
        "choice": "one of " + ", ".join(declared.get("choices", [])),
        "condition": 'a condition such as "age >= 65 and sex = F"',
        "flag": "yes or no",
    }.get(declared["type"], "text")


def _is_whole(value):
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _is_ratio(value):
    return (isinstance(value, dict) and _is_whole(value.get("events"))
            and _is_whole(value.get("total")) and 0 <= value["events"] <= value["total"] >= 1)


def _within(declared, value):
    low, high = declared.get("minimum"), declared.get("maximum")
    return (low is None or value >= low) and (high is None or value <= high)


def _is_probability(declared, value):
    if declared.get("minimum") is None and declared.get("maximum") is None:
        return 0 < value < 1
    return 0 <= value <= 1 and _within(declared, value)


def accepts(declared, value):
    """Whether a value, as JSON has it, is of the declared kind and within the declared bounds."""
    kind = declared["type"]
    if kind in ("count", "integer"):
        return _is_whole(value) and (kind == "integer" or value >= 0) and _within(declared, value)
    if kind == "number":
        return _is_number(value) and _within(declared, value)
    if kind == "probability":
        return _is_number(value) and _is_probability(declared, value)
    if kind == "duration":
        return _is_number(value) and value >= 0 and _within(declared, value)
    if kind == "ratio":
        return _is_ratio(value)
    if kind == "flag":
        return isinstance(value, bool)
    if kind == "choice":
        return value in declared.get("choices", [])
    return isinstance(value, str)


def parse(declared, text):
    """The JSON form of what a user typed; a refusal where it is not accepted."""
    value = None
    with contextlib.suppress(ValueError):
        value = _read(declared["type"], text)
    if value is None or not accepts(declared, value):
        raise Refusal.of(declared["name"], text, expectation(declared))
    return value


def _read(kind, text):
    if kind in ("count", "integer"):
        return int(text)
    if kind == "number":
        return float(text)
    if kind == "probability":
        return float(text[:-1] + "e-2") if text.endswith("%") else float(text)
    if kind == "ratio":
        events, total = text.split("/")
        return {"events": int(events), "total": int(total)}
    if kind == "duration":
        for suffix, days in (("mo", DAYS_PER_MONTH), ("d", 1), ("w", 7)):
            if text.endswith(suffix):
                return float(text[: -len(suffix)]) * days
        return None
    if kind == "flag":
        return {"yes": True, "true": True, "on": True,
                "no": False, "false": False, "off": False}.get(text)
    return text


class Manifest:
    """What the plugin says of itself in `plugin.toml`."""

    def __init__(self, folder):
        text = (pathlib.Path(folder) / "plugin.toml").read_text(encoding="utf-8")
        self.analyses = {}
        if tomllib is None:
            top = text.split("[[", 1)[0]
            self.id, self.version = (
                re.search(rf'^{key}\s*=\s*"([^"]*)"', top, re.MULTILINE).group(1)
                for key in ("id", "version"))
            return
        table = tomllib.loads(text)
        self.id, self.version = table["id"], table["version"]
        for analysis in table.get("analysis", []):
            parameters = {one["name"]: one for one in analysis.get("parameter", [])}
            self.analyses[analysis["name"]] = parameters

    def parameters(self, analysis):
        """The declared parameters of an analysis, by name."""
        return self.analyses.get(analysis, {})


# What an analysis is given


class Dataset:
    """A data set as the host hands it over: a SQLite file that is only read.

    Tables: subject, lesion, measurement, assessment, exposure, marker, event, about. Days are
    counted from the first dose, lengths are millimeters.
    """

    def __init__(self, file):
        self.name, self.hash, self.path = file["name"], file["hash"], file["path"]

    def query(self, sql, *values):
        """The rows of a query, each a dict by column."""
        uri = pathlib.Path(self.path).absolute().as_uri() + "?mode=ro&immutable=1"
        with contextlib.closing(sqlite3.connect(uri, uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(sql, values)]

    def rows(self, table):
        """Every row of a table, in the order of its key."""
        if not table.isidentifier():
            raise ValueError(f"{table!r} is not a table")
        return self.query(f'SELECT * FROM "{table}" ORDER BY rowid')


class Run:
    """One run: its parameters by kind, its data, its seed, and the way back to the host."""

    def __init__(self, plugin, request, identifier=None):
        self._plugin, self._id = plugin, identifier
        self._progress = (-1.0, 0.0)
        self._cancellation = threading.Event()
        self.analysis = request["analysis"]
        self.parameters = request.get("parameters", {})
        self.seed = request.get("seed")
        self.definition = request.get("definition")
        self.definitions = request.get("definitions") or {}
        self.installed = request.get("installed") or {}
        self.shard = request.get("shard")
        self._dataset = request.get("dataset")
        self.datasets = {
            name: Dataset(file) for name, file in (request.get("datasets") or {}).items()}
        self._declared = plugin.manifest.parameters(self.analysis)

    # Parameters. Without a default a missing one is refused; the host fills in the manifest's.

    def has(self, name):
        """Whether a value was given, or the manifest has a default."""
        return self.parameters.get(name) is not None

    def _value(self, name, kind, default):
        declared = self._declared.get(name, {"name": name, "type": kind})
        value = self.parameters.get(name)
        if value is None:
            if default is not _REQUIRED:
                return default
            if self._declared and name not in self._declared:
                raise LookupError(f"plugin.toml declares no parameter {name} of {self.analysis}")
            expected = expectation(declared)
            raise Refusal(f"{name} is missing: expected {expected}", name, expected,
                          "parameter.missing")
        if not accepts(declared, value):
            raise Refusal.of(name, value, expectation(declared))
        return value

    def number(self, name, default=_REQUIRED):
        value = self._value(name, "number", default)
        return float(value) if value is not default else value

    def probability(self, name, default=_REQUIRED):
        value = self._value(name, "probability", default)
        return float(value) if value is not default else value

    def integer(self, name, default=_REQUIRED):
        return self._value(name, "integer", default)

    def days(self, name, default=_REQUIRED):
        """A duration, in days."""
        value = self._value(name, "duration", default)
        return float(value) if value is not default else value

    def ratio(self, name, default=_REQUIRED):
        value = self._value(name, "ratio", default)
        return Ratio(value["events"], value["total"]) if value is not default else value

    def text(self, name, default=_REQUIRED):
        return self._value(name, "text", default)

    def choice(self, name, default=_REQUIRED):
        return self._value(name, "text", default)

    def flag(self, name, default=_REQUIRED):
        return self._value(name, "flag", default)

    # Data

    @property
    def dataset(self):
        """The data set of the run; refuses where there is none."""
        if self._dataset is None:
            raise Refusal(f"{self.analysis} needs a data set: name one, or say \"use NAME\" first",
                          kind="dataset.missing")
        return Dataset(self._dataset)

    @property
    def has_dataset(self):
        return self._dataset is not None

    # The host

    @property
    def is_cancelled(self):
        """Whether the user has given the run up; true on every thread."""
        return self._cancellation.is_set()

    def check_cancelled(self):
        """Ends the run here once the user has given it up. Call it in every long loop."""
        if self.is_cancelled:
            raise Cancelled()

    def progress(self, fraction, message=None):
        """Says how far the run has come, from 0 to 1, and checks for a cancel.

        Call it as often as is convenient: at most 20 reports a second go out, and one that falls
        behind an earlier report is dropped.
        """
        self.check_cancelled()
        last, moment = self._progress
        now = time.monotonic()
        if not last < fraction <= 1 or (now - moment < 0.05 and fraction < 1):
            return
        self._progress = (float(fraction), now)
        parameters = {"id": self._id, "fraction": float(fraction)}
        self._plugin.notify("progress", {**parameters, "message": message} if message
                            else parameters)

    def log(self, message):
        """Adds a line to the log of the run."""
        self._plugin.notify("log", {"id": self._id, "message": str(message)})

    def run(self, analysis, parameters=None, dataset=None, seed=None):
        """Has the host run another analysis and returns its result document, as JSON has it.

        The manifest of this analysis must name it: `calls = ["response-rate"]`. `parameters` is a
        dict of what a client would send, `{"responders": "15/30", "level": 0.9}`; the host checks
        them and fills the defaults in. Without `dataset` it reads the data set of this run, without
        `seed` it takes this run's; no other data can be named.

        Refuses, with the name of the analysis before the message, where the analysis refuses, fails
        or may not be run.
        """
        self.check_cancelled()
        given = {"run": self._id, "analysis": analysis, "parameters": parameters or {},
                 "dataset": dataset, "seed": None if seed is None else str(seed)}
        answer = self._plugin._ask(
            analysis, {name: value for name, value in given.items() if value is not None})
        if "error" not in answer:
            return answer["result"]
        error = answer["error"]
        kind = (error.get("data") or {}).get("kind", "call.failed")
        if error["code"] == CANCELLED or kind == _CANCELLED_KIND:
            raise Cancelled()
        # The parameter is the other analysis's: this one has none of that name to point at.
        raise Refusal(f"{analysis}: {error['message']}", kind=kind)

    # Chance and the answer

    def random(self, replicate=0):
        """A generator for one replicate, the same for a seed however replicates are split."""
        key = hashlib.sha256(f"{self.seed or 0}:{replicate}".encode()).digest()
        return random.Random(int.from_bytes(key, "big"))

    def result(self, title=None):
        """An empty result of this run."""
        return Result(self.analysis, title)


# What an analysis answers


def interval(method, level, lower, upper):
    """The interval of an estimate; method names as in `help`, such as clopper-pearson or wald."""
    return {"method": method, "level": level, "lower": lower, "upper": upper}


def column(name, label, format="text"):
    """A column; format is text, count, number, percent, p-value or duration."""
    return {"name": name, "label": label, "format": format}


def axis(name, label, **more):
    """The axis `x` or `y`; more: unit, scale, format, minimum, maximum."""
    return {"name": name, "label": label, **more}


def series(name, label, x, y, **more):
    """Points of a figure; more: lower, upper, labels, sizes, group, style (line, steps, points)."""
    return {"name": name, "label": label, "x": list(x), "y": list(y), **more}


class Result:
    """A result document under construction: full precision in, the host's renderers round."""

    def __init__(self, analysis, title=None):
        self.document = {"analysis": analysis}
        if title:
            self.document["title"] = title
        for part in ("estimates", "tests", "tables", "figures", "methods", "notes", "citations"):
            self.document[part] = []

    def _add(self, part, required, optional):
        kept = {name: value for name, value in optional.items() if value is not None}
        self.document[part].append({**required, **kept})
        return self

    def estimate(self, name, label, value, unit=None, interval=None, count=None, group=None,
                 status=None):
        """A quantity. A value of None cannot be estimated, and `status` says why."""
        if count is not None:
            count = {"events": count[0], "total": count[1]}
        return self._add("estimates", {"name": name, "label": label, "value": value},
                         {"unit": unit, "status": status, "interval": interval, "count": count,
                          "group": group})

    def test(self, name, method, p_value, alternative="two-sided", statistic=None,
             degrees_of_freedom=None, versus=None, group=None, status=None):
        """A hypothesis test; alternative is two-sided, greater or less."""
        return self._add("tests", {"name": name, "method": method, "alternative": alternative,
                                   "pValue": p_value},
                         {"statistic": statistic, "degreesOfFreedom": degrees_of_freedom,
                          "status": status, "versus": versus, "group": group})

    def table(self, name, title, columns, rows):
        """A table; every row has one cell a column."""
        rows = [list(row) for row in rows]
        for number, row in enumerate(rows, 1):
            if len(row) != len(columns):
                raise ValueError(f"row {number} of {name} has {len(row)} cells, not {len(columns)}")
        return self._add("tables", {"name": name, "title": title, "columns": list(columns),
                                    "rows": rows}, {})

    def figure(self, name, kind, title, axes, series, alternative_text, references=(),
               caption=None):
        """A picture as data; kind is curve, forest, waterfall, spider, swimmer, scatter or box."""
        return self._add("figures", {"name": name, "kind": kind, "title": title,
                                     "axes": list(axes), "series": list(series),
                                     "references": list(references)},
                         {"alternativeText": alternative_text, "caption": caption})

    def method(self, topic, choice, source=None, method=None):
        """A line of the method card: a convention chosen where tools differ."""
        return self._add("methods", {"topic": topic, "choice": choice},
                         {"method": method, "source": source})

    def note(self, severity, code, text):
        """What the reader should know; severity is info, caution or warning."""
        return self._add("notes", {"severity": severity, "code": code, "text": text}, {})

    def cite(self, citation):
        self.document["citations"].append(citation)
        return self

    def primary(self, interval, test, text):
        """The interval and the test to quote together."""
        self.document["primary"] = {"interval": interval, "test": test, "text": text}
        return self

    def completed(self, run, plugin):
        """The document with what the kit knows filled in."""
        document = dict(self.document)
        document["plugin"] = {"id": plugin.manifest.id, "version": plugin.manifest.version}
        document["parameters"] = run.parameters if run else document.get("parameters", {})
        if run and run.seed is not None:
            document["seed"] = str(run.seed)
        if run and run.has_dataset:
            document["dataset"] = {"name": run.dataset.name, "hash": run.dataset.hash}
        return document


# The conversation with the host


class Plugin:
    """The plugin whose manifest lies beside the script; `main` serves the host or a person."""

    def __init__(self, folder=None):
        script = sys._getframe(1).f_globals.get("__file__", "plugin.py")
        self.manifest = Manifest(folder or pathlib.Path(script).absolute().parent)
        self._runs, self._shards, self._merges, self._check = {}, {}, {}, None
        self._output, self._writing = None, threading.Lock()
        self._requests, self._current = queue.SimpleQueue(), {}
        self._gathering = threading.Lock()
        self._features, self._calls, self._last_call = (), {}, 0

    def analysis(self, name):
        """Marks the function that runs an analysis: it takes a `Run`, returns a `Result`."""
        return lambda body: self._runs.setdefault(name, body)

    def shard(self, name):
        """Marks the function that runs replicates first ..< first + count of a sharded analysis.

        It takes a `Run`, `first` and `count`, and returns what `merge` is to be given.
        """
        return lambda body: self._shards.setdefault(name, body)

    def merge(self, name):
        """Marks the function that joins partial answers, in the order of their shards."""
        return lambda body: self._merges.setdefault(name, body)

    def check(self, body):
        """Marks the function that finds what is wrong with a definition this engine is to serve.

        It takes the definition and returns a list of (key path, message).
        """
        self._check = body
        return body

    def main(self, arguments=None):
        """Serves the host; with `--try` runs one analysis for the person at the terminal."""
        arguments = sys.argv[1:] if arguments is None else arguments
        if arguments[:1] == ["--try"]:
            sys.exit(self._try(arguments[1:]))
        self._serve()

    # Serving

    def _serve(self):
        has_host = _is_channel(3) and _is_channel(4)
        self._output = os.fdopen(4 if has_host else os.dup(1), "wb", buffering=0)
        source = os.fdopen(3 if has_host else 0, "rb", closefd=False)
        if has_host:
            os.set_inheritable(3, False)
            os.set_inheritable(4, False)
        for stream in (sys.stdout, sys.stderr):
            stream.reconfigure(line_buffering=True, errors="backslashreplace")
        # A thread of its own hears a cancel while an analysis is at work.
        threading.Thread(target=self._listen, args=(source, has_host), daemon=True).start()
        while True:
            message = self._requests.get()
            if message is None:
                break
            self._answer(message)
            if message["method"] == "shutdown":
                break

    def _listen(self, source, has_host):
        for line in source:
            if line.strip():
                self._receive(line)
        if has_host:
            os._exit(0)  # Nobody is left to read an answer.
        self._requests.put(None)

    def _receive(self, line):
        try:
            message = json.loads(line)
            if "method" not in message and ("result" in message or "error" in message):
                return self._hear(message)
            method = message["method"]
        except ValueError as error:
            return self._fail(None, PARSE_ERROR, f"not JSON: {error}")
        except (KeyError, TypeError):
            return self._fail(None, INVALID_REQUEST, "a request needs a method")
        if "id" in message:
            with self._gathering:
                self._current[to_json(message["id"])] = threading.Event()
            self._requests.put(message)
        elif method == "cancel":
            with self._gathering:
                waiting = self._current.get(to_json(message.get("params", {}).get("id")))
            if waiting:
                waiting.set()

    def _ask(self, analysis, parameters):
        """Asks the host for a run and waits for its one answer."""
        if HOST_RUN not in self._features:
            raise Refusal(f"{analysis} is run by the host, and there is none here that does: "
                          "try it in doublet", kind="call.no-host")
        answer = queue.SimpleQueue()
        with self._gathering:
            self._last_call += 1
            identifier = self._last_call
            self._calls[identifier] = answer
        self._send(to_json({"jsonrpc": "2.0", "id": identifier, "method": HOST_RUN,
                            "params": parameters}))
        return answer.get()

    def _hear(self, answer):
        """Hands an answer of the host's to whoever waits for it."""
        with self._gathering:
            waiting = self._calls.pop(answer.get("id"), None)
        if waiting is not None:
            waiting.put(answer)

    def _answer(self, message):
        identifier = message["id"]
        key = to_json(identifier)
        cancellation = self._current[key]
        try:
            result = self._result(message, identifier, cancellation)
            line = to_json({"jsonrpc": "2.0", "id": identifier, "result": result})
        except Cancelled:
            line = _failure(identifier, CANCELLED, "the run was cancelled")
        except Refusal as refusal:
            line = _refusal(identifier, refusal)
        except _NoSuchMethod as error:
            line = _failure(identifier, UNKNOWN_METHOD, str(error))
        except Exception as error:  # A fault of the plugin: the log has where.
            traceback.print_exc()
            line = _refusal(identifier, Refusal(f"{type(error).__name__}: {error}{_place(error)}",
                                                kind="analysis.failed"))
        with self._gathering:
            self._current.pop(key, None)
        sys.stdout.flush()
        self._send(line)

    def _result(self, message, identifier, cancellation):
        method, parameters = message["method"], message.get("params", {})
        if cancellation.is_set():
            raise Cancelled()
        if method == "initialize":
            self._features = parameters.get("features", ())
            return {"protocol": PROTOCOL, "id": self.manifest.id, "version": self.manifest.version}
        if method == "run":
            run = Run(self, parameters, identifier)
            run._cancellation = cancellation
            return self._run(run)
        if method == "merge":
            return self._merge(parameters["partials"])
        if method == "check":
            return self._diagnostics(parameters["definition"])
        if method == "shutdown":
            return {}
        raise _NoSuchMethod(f'no method is called "{method}"')

    def _run(self, run):
        if run.shard is not None:
            body = self._body(self._shards, run.analysis, "cannot be run in shards")
            part = body(run, run.shard["first"], run.shard["count"])
            return {"analysis": run.analysis, "partial": part}
        body = self._body(self._runs, run.analysis, "is not one of my analyses")
        result = body(run)
        if not isinstance(result, Result):
            raise TypeError(f"{run.analysis} returned {type(result).__name__}, expected a Result")
        return result.completed(run, self)

    def _merge(self, partials):
        if not partials:
            raise Refusal("there are no partial results to merge", kind="analysis.shards")
        analysis = partials[0]["analysis"]
        body = self._body(self._merges, analysis, "has no partial results to merge")
        return body([partial["partial"] for partial in partials]).completed(None, self)

    def _diagnostics(self, definition):
        if self._check is None:
            found = [("engine", f"{self.manifest.id} does not serve declarative plugins")]
        else:
            found = self._check(definition)
        return [{"keyPath": path, "message": message} for path, message in found]

    @staticmethod
    def _body(bodies, analysis, complaint):
        if analysis not in bodies:
            raise Refusal(f"{analysis} {complaint}", kind="analysis.unknown")
        return bodies[analysis]

    def notify(self, method, parameters):
        """Sends a notification; without a host what is logged goes to standard error."""
        if self._output is not None:
            self._send(to_json({"jsonrpc": "2.0", "method": method, "params": parameters}))
        elif method == "log":
            print(parameters["message"], file=sys.stderr)

    def _fail(self, identifier, code, message):
        self._send(_failure(identifier, code, message))

    def _send(self, line):
        rest = memoryview(line.encode() + b"\n")
        with self._writing:
            while rest:
                rest = rest[self._output.write(rest):]

    # Trying by hand

    def _try(self, words):
        if not words or words[0] not in self._runs:
            print("usage: --try ANALYSIS [VALUE | NAME=VALUE]… [data=FILE.sqlite] [seed=S]\n"
                  f"analyses: {', '.join(sorted(self._runs))}", file=sys.stderr)
            return 2
        if tomllib is None:
            print("--try reads plugin.toml and needs Python 3.11 or newer", file=sys.stderr)
            return 2
        try:
            document = self.try_out(*words)
        except Refusal as refusal:
            print(f"refused: {refusal.message}", file=sys.stderr)
            return 1
        print(json.dumps(document, indent=2, ensure_ascii=False))
        return 0

    def try_out(self, *words):
        """What an analysis answers to the words of a command line, for tests; a refusal raises."""
        return plain(self._run(Run(self, self._request(words))))

    def _request(self, words):
        declared = self.manifest.parameters(words[0])
        request = {"analysis": words[0], "seed": "1", "parameters": {
            name: parse(one, one["default"]) if isinstance(one["default"], str) else one["default"]
            for name, one in declared.items() if "default" in one}}
        given = set()
        for word in words[1:]:
            name, separator, text = word.partition("=")
            if separator and name in declared:
                request["parameters"][name] = parse(declared[name], text)
            elif separator and name == "data":
                request["dataset"] = {"name": pathlib.Path(text).stem, "hash": "", "path": text}
            elif separator and name == "seed":
                request["seed"] = text
            else:
                self._set_positional(declared, word, request["parameters"], given)
        for name, one in declared.items():
            if one.get("required") and name not in request["parameters"]:
                raise Refusal(f"{name} is missing: expected {expectation(one)}", name)
        return request

    @staticmethod
    def _set_positional(declared, word, parameters, given):
        for name, one in declared.items():
            if one.get("positional") and name not in given:
                with contextlib.suppress(Refusal):
                    parameters[name] = parse(one, word)
                    given.add(name)
                    return
        raise Refusal(f'no parameter takes "{word}"')


class _NoSuchMethod(Exception):
    pass


def _place(error):
    """Where in the author's own code an error came up."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__)
              if frame.filename != __file__]
    if not frames:
        return ""
    return f" ({pathlib.Path(frames[-1].filename).name}, line {frames[-1].lineno})"


def _failure(identifier, code, message, data=None):
    error = {"code": code, "message": message}
    if data is not None:
        error["data"] = data
    return to_json({"jsonrpc": "2.0", "id": identifier, "error": error})


def _refusal(identifier, refusal):
    data = {"kind": refusal.kind, "parameter": refusal.parameter, "expected": refusal.expected}
    return _failure(identifier, REFUSED, refusal.message,
                    {key: value for key, value in data.items() if value is not None})


def _is_channel(descriptor):
    """Whether a descriptor is a pipe or a socket, as the host's are."""
    try:
        mode = os.fstat(descriptor).st_mode
    except OSError:
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)
