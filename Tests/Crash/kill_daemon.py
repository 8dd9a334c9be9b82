"""kill_daemon.py BUILD [KILLS]: SIGKILL to the daemon at random moments with clients at work.

After each restart every run whose id a client was given must be there with exactly one terminal
state, the audit trail must verify, and no socket or lock may be in the way.
"""
import random
import sys
import threading
import time

from doublet_daemon import Client, Daemon

KILLS = int(sys.argv[2]) if len(sys.argv) > 2 else 200
CLIENTS = 3
TERMINAL = {"done", "failed", "refused", "cancelled", "interrupted"}


class Submitter(threading.Thread):
    """Submits and asks until the daemon is gone; remembers every id and every finished answer."""

    def __init__(self, path, offset):
        super().__init__()
        self.path = path
        self.offset = offset
        self.given = []
        self.done = []

    def run(self):
        try:
            client = Client(self.path)
            while True:
                self.offset += 1
                line = f"response-rate {self.offset % 31}/30 control=61/243 fresh=yes"
                if self.offset % 2:
                    answer = client.request("run.submit", line=line)
                    if "result" in answer:
                        self.given.append(answer["result"]["run"])
                else:
                    answer = client.request("command", line=line)
                    if "result" in answer:
                        self.done.append(answer["result"]["run"]["id"])
        except (OSError, ConnectionError, ValueError):
            pass


def check(client, given, done, wrong):
    states = {}
    for run in given + done:
        answer = client.request("run.get", run=run)
        if "result" not in answer:
            wrong.append(f"run {run} is lost: {answer['error']['message']}")
            continue
        state = answer["result"]["state"]
        states[state] = states.get(state, 0) + 1
        if state not in TERMINAL:
            wrong.append(f"run {run} is {state}")
        elif run in done and state != "done":
            wrong.append(f"run {run} was answered and is now {state}")
    audit = client.request("command", line="audit verify")
    if "result" not in audit:
        wrong.append("audit verify: " + audit["error"]["message"])
    return states


def main():
    random.seed(1989)
    daemon = Daemon(sys.argv[1])
    wrong, totals, runs = [], {}, 0
    daemon.start()
    for kill in range(KILLS):
        submitters = [Submitter(daemon.socket, 100 * kill + 7 * n) for n in range(CLIENTS)]
        for submitter in submitters:
            submitter.start()
        time.sleep(random.uniform(0, 0.12))
        daemon.process.kill()
        daemon.process.wait()
        for submitter in submitters:
            submitter.join(60)
        daemon.start()
        client = Client(daemon.socket)
        given = [run for s in submitters for run in s.given]
        done = [run for s in submitters for run in s.done]
        runs += len(given) + len(done)
        for state, count in check(client, given, done, wrong).items():
            totals[state] = totals.get(state, 0) + count
        client.close()
    print(
        f"the daemon killed {KILLS} times; {runs} run ids given out, afterwards "
        + ", ".join(f"{count} {state}" for state, count in sorted(totals.items()))
        + f"; {len(wrong)} promises broken")
    for line in wrong[:10]:
        print("  " + line)
    daemon.stop()
    sys.exit(0 if not wrong else 1)


main()
