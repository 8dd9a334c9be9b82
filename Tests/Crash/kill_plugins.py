"""kill_plugins.py BUILD [KILLS]: SIGKILL to plugin processes at random moments under load.

Each request that lost its plugin must get one error naming the signal, every other its answer,
and the daemon must be the same process at the end.
"""
import os
import random
import signal
import sys
import threading
import time

from doublet_daemon import Client, Daemon

KILLS = int(sys.argv[2]) if len(sys.argv) > 2 else 100
CLIENTS = 4
IN_FLIGHT = 5


class Load(threading.Thread):
    """Keeps requests in flight until told to stop, and counts what came back."""

    def __init__(self, path, offset):
        super().__init__()
        self.client = Client(path)
        self.offset = offset
        self.stopping = False
        self.answered = self.killed = 0
        self.wrong = []

    def run(self):
        pending = {}
        while not self.stopping or pending:
            while len(pending) < IN_FLIGHT and not self.stopping:
                self.offset += 1
                count = f"{self.offset % 31}/30"
                line = f"response-rate {count} control=61/243 fresh=yes"
                pending[self.client.send("command", line=line)] = count
            message = self.client.receive()
            count = pending.pop(message["id"], None)
            if count is None:
                self.wrong.append(f"an answer nobody waits for: {message}")
            elif "result" in message:
                events = message["result"]["estimates"][0]["count"]["events"]
                if f"{events}/30" != count:
                    self.wrong.append(f"the answer to {events}/30 for {count}")
                self.answered += 1
            elif (message["error"]["data"]["kind"] == "plugin.failed"
                  and "SIGKILL" in message["error"]["message"]):
                self.killed += 1
            else:
                self.wrong.append(str(message["error"]))


def main():
    random.seed(20261124)
    daemon = Daemon(sys.argv[1])
    daemon.start()
    pid = daemon.process.pid
    loads = [Load(daemon.socket, 1000 * number) for number in range(CLIENTS)]
    for load in loads:
        load.start()
    kills = 0
    deadline = time.monotonic() + 300
    while kills < KILLS and time.monotonic() < deadline:
        # Three deaths with no answer between hold a plugin back, as they should. An answer that
        # was given before the last kill may be read after it, so as many as are in flight pass.
        due = sum(load.answered for load in loads) + CLIENTS * IN_FLIGHT + random.randrange(30)
        while sum(load.answered for load in loads) < due and time.monotonic() < deadline:
            time.sleep(random.uniform(0, 0.002))
        victims = daemon.children()
        if victims:
            os.kill(random.choice(victims), signal.SIGKILL)
            kills += 1
    for load in loads:
        load.stopping = True
    for load in loads:
        load.join(60)
    wrong = [line for load in loads for line in load.wrong]
    stuck = sum(load.is_alive() for load in loads)
    lives = daemon.process.poll() is None and daemon.process.pid == pid
    final = "result" in Client(daemon.socket).request("command", line="response-rate 15/30 fresh=yes")
    print(
        f"{kills} plugin processes killed; {sum(l.answered for l in loads)} requests answered, "
        f"{sum(l.killed for l in loads)} told of SIGKILL, {len(wrong)} wrong, {stuck} clients stuck; "
        f"daemon {'lives' if lives else 'DIED'}, next command {'works' if final else 'FAILS'}")
    for line in wrong[:10]:
        print("  " + line)
    daemon.stop()
    sys.exit(0 if kills == KILLS and not wrong and not stuck and lives and final else 1)


main()
