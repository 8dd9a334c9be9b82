"""reload_plugins.py BUILD [RELOADS]: plugins changed and read again while clients are at work.

Every reload finds the plugin changed, so that its warm processes are let go; a second plugin comes
and goes. Half of the reloads are the command, half SIGHUP. Every request must get its answer from
one version of the plugin or the other, and the daemon must be the same process at the end.
"""
import shutil
import signal
import sys
import threading
import time

from doublet_daemon import REPOSITORY, Client, Daemon

RELOADS = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
CLIENTS = 8
IN_FLIGHT = 3


class Load(threading.Thread):
    """Keeps requests in flight until told to stop, and counts what came back."""

    def __init__(self, path, offset):
        super().__init__()
        self.client = Client(path)
        self.offset = offset
        self.stopping = False
        self.answered = 0
        self.wrong = []

    def run(self):
        pending = {}
        while not self.stopping or pending:
            while len(pending) < IN_FLIGHT and not self.stopping:
                self.offset += 1
                events = self.offset % 31
                line = (f"response-rate {events}/30 interval=wilson test=exact-doubled "
                        "control=0.25 fresh=yes")
                pending[self.client.send("command", line=line)] = events
            message = self.client.receive()
            events = pending.pop(message["id"], None)
            if "result" not in message:
                self.wrong.append(str(message["error"]))
            elif message["result"]["estimates"][0]["count"]["events"] != events:
                self.wrong.append(f"the answer to another count than {events}/30")
            else:
                self.answered += 1


def main():
    daemon = Daemon(sys.argv[1], plugins="plugins")
    plugins = daemon.folder / "plugins"
    changing = plugins / "response-rate" / "plugin.toml"
    changing.parent.mkdir(parents=True)
    text = (REPOSITORY / "Plugins/ResponseRate/plugin.toml").read_text()
    changing.write_text(text)
    daemon.start()
    pid = daemon.process.pid
    loads = [Load(daemon.socket, 1000 * number) for number in range(CLIENTS)]
    for load in loads:
        load.start()
    control = Client(daemon.socket)
    wrong, seen = [], 0
    start = time.monotonic()
    for reload in range(RELOADS):
        # By renaming, so that no reload meets half a file.
        draft = changing.with_suffix(".draft")
        draft.write_text(f"{text}\n# change {reload}\n")
        draft.rename(changing)
        if reload % 50 == 0:
            shutil.copytree(REPOSITORY / "Plugins/Combination", plugins / "combination",
                            ignore=lambda *_: ["Sources", "Tests"])
        if reload % 50 == 25:
            shutil.rmtree(plugins / "combination")
        if reload % 2:
            daemon.process.send_signal(signal.SIGHUP)
            control.request("ping")
            continue
        answer = control.request("command", line="plugins reload")
        notes = [note["text"] for note in answer.get("result", {}).get("notes", [])]
        seen += any("changed: response-rate" in note for note in notes)
        wrong += [note for note in notes if "problem" in note]
        if "result" not in answer:
            wrong.append(str(answer["error"]))
    seconds = time.monotonic() - start
    for load in loads:
        load.stopping = True
    for load in loads:
        load.join(60)
    wrong += [line for load in loads for line in load.wrong]
    stuck = sum(load.is_alive() for load in loads)
    lives = daemon.process.poll() is None and daemon.process.pid == pid
    print(
        f"{RELOADS} reloads in {seconds:.1f} s, {seen} of {(RELOADS + 1) // 2} commands saw a "
        f"change; {sum(load.answered for load in loads)} requests of {CLIENTS} clients answered, "
        f"{len(wrong)} wrong, {stuck} clients stuck; daemon {'lives' if lives else 'DIED'}")
    for line in wrong[:10]:
        print("  " + line)
    daemon.stop()
    sys.exit(0 if not wrong and not stuck and lives and seen > RELOADS // 4 else 1)


main()
