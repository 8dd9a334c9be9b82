"""Client for Doublet in Python: one file, standard library only, Python 3.8 or newer.

    from doublet_client import Doublet

    with Doublet() as doublet:
        result = doublet.command("response-rate 15/30 control=61/243")
        print(result["estimates"][0]["value"])
        run = doublet.submit("survival p011")          # goes on without this program
        print(doublet.wait(run)["result"]["tests"])

The daemon must be running (any `doublet -c status` starts it). Numbers arrive as the doubles the
daemon computed; "NaN", "Inf" and "-Inf" are strings until `number` reads them.
"""
import itertools
import json
import os
import socket


class DoubletError(Exception):
    """What the daemon refused; `kind` is a stable dotted name, `data` all it said."""

    def __init__(self, error):
        super().__init__(error["message"])
        self.code, self.data = error["code"], error.get("data") or {}
        self.kind, self.expected = self.data.get("kind"), self.data.get("expected")


def default_socket():
    """Where the daemon listens unless it was told otherwise."""
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    if folder.startswith("/"):
        return os.path.join(folder, "doublet", "doublet.sock")
    return os.path.join(os.path.expanduser("~"), ".doublet", "doublet.sock")


def number(value):
    """A number as the wire has it, also where it is not finite; None stays None."""
    return float(value) if isinstance(value, str) else value


class Doublet:
    """A connection; its session keeps `use` and `set` as the REPL does."""

    def __init__(self, path=None, timeout=None):
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.settimeout(timeout)
        self._socket.connect(path or default_socket())
        self._lines = self._socket.makefile("rb")
        self._numbers = itertools.count(1)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self._lines.close()
        self._socket.close()

    def request(self, method, **parameters):
        """Calls a method of the socket and returns its result; an error object is raised."""
        number = next(self._numbers)
        given = {name: value for name, value in parameters.items() if value is not None}
        message = {"jsonrpc": "2.0", "id": number, "method": method, "params": given}
        self._socket.sendall(json.dumps(message, allow_nan=False).encode() + b"\n")
        while True:
            line = self._lines.readline()
            if not line.endswith(b"\n"):
                raise ConnectionError("the daemon closed the connection")
            answer = json.loads(line)
            if answer.get("id") == number:
                break
        if "error" in answer:
            raise DoubletError(answer["error"])
        return answer["result"]

    def command(self, line):
        """Carries out one line, as typed in the REPL; returns its result document."""
        return self.request("command", line=line, cwd=os.getcwd())

    def analyze(self, analysis, dataset=None, seed=None, **parameters):
        """Runs an analysis with parameters as values or as they are typed ("15/30", "12w")."""
        return self.request("analysis.run", analysis=analysis, dataset=dataset,
                            seed=None if seed is None else str(seed), parameters=parameters)

    def submit(self, line):
        """Hands in a line and returns the id of its run at once."""
        return self.request("run.submit", line=line)["run"]

    def wait(self, run):
        """The record of a run once it has ended; `result` holds its document."""
        while True:
            record = self.request("run.wait", run=run)
            if record["state"] not in ("queued", "running"):
                return record

    def get(self, run):
        """The record of a run as it is now."""
        return self.request("run.get", run=run)

    def cancel(self, run):
        return self.request("run.cancel", run=run)
