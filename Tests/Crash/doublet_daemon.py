"""A daemon to be killed, and a client that counts its answers. Standard library only."""
import json
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]


class Daemon:
    """One data folder and the daemon on it; `start` may be called again after a crash."""

    def __init__(self, build, plugins=None):
        """`plugins` is a folder below the daemon's own; without it, the repository's are used."""
        self.build = pathlib.Path(build)
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="doublet-crash-"))
        self.socket = self.folder / "doublet.sock"
        self.plugins = self.folder / plugins if plugins else REPOSITORY / "Plugins"
        self.log = open(self.folder / "log", "ab")
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            [self.build / "doubletd", "--socket", self.socket, "--data", self.folder / "data",
             "--plugins", self.plugins],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise SystemExit("the daemon did not start:\n" + self.tail())
            try:
                Client(self.socket).close()
                return
            except OSError:
                time.sleep(0.002)
        raise SystemExit("the daemon never listened:\n" + self.tail())

    def tail(self):
        return (self.folder / "log").read_text(errors="replace")[-2000:]

    def children(self):
        """The pids of the plugin processes."""
        found = []
        for entry in os.listdir("/proc"):
            if entry.isdigit():
                try:
                    stat = pathlib.Path("/proc", entry, "stat").read_text()
                except OSError:
                    continue
                state, parent = stat.rsplit(")", 1)[1].split()[:2]
                if int(parent) == self.process.pid and state != "Z":
                    found.append(int(entry))
        return found

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(20)
        shutil.rmtree(self.folder, ignore_errors=True)


class Client:
    """A connection; `request` answers with the message that carries its id."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(60)
        self.socket.connect(str(path))
        self.lines = self.socket.makefile("rb")
        self.number = 0

    def send(self, method, **parameters):
        self.number += 1
        message = {"jsonrpc": "2.0", "id": self.number, "method": method, "params": parameters}
        self.socket.sendall(json.dumps(message).encode() + b"\n")
        return self.number

    def receive(self):
        line = self.lines.readline()
        if not line.endswith(b"\n"):
            raise ConnectionError("the daemon is gone")
        return json.loads(line)

    def request(self, method, **parameters):
        number = self.send(method, **parameters)
        answer = self.receive()
        assert answer["id"] == number, answer
        return answer

    def close(self):
        self.lines.close()
        self.socket.close()
