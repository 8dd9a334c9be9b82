"""record.py PROGRAM: a conversation with WellBehavedPlugin, line by line as JSON.

It wrote v1.jsonl, which is kept as it is for as long as protocol 1 is spoken: a release that cannot
read it breaks plugins that are out there.
"""
import json
import os
import subprocess
import sys

HOST = [
    '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocol":1}}',
    '{"jsonrpc":"2.0","id":2,"method":"run","params":{"analysis":"count","parameters":'
    '{"responders":{"events":15,"total":30},"level":0.95},"dataset":{"name":"p011","hash":"00ff",'
    '"path":"/data/00ff.sqlite"},"datasets":{"reference":{"name":"old","hash":"11ee",'
    '"path":"/data/11ee.sqlite"}},"seed":"18446744073709551615"}}',
    '{"jsonrpc":"2.0","id":3,"method":"run","params":{"analysis":"steps","parameters":{}}}',
    '{"jsonrpc":"2.0","id":4,"method":"run","params":{"analysis":"talk","parameters":{"lines":1}}}',
    '{"jsonrpc":"2.0","id":5,"method":"run","params":{"analysis":"refuse","parameters":{}}}',
    '{"jsonrpc":"2.0","id":6,"method":"run","params":{"analysis":"sum","parameters":{},"seed":"7",'
    '"shard":{"first":0,"count":3}}}',
    '{"jsonrpc":"2.0","id":7,"method":"merge","params":{"partials":[3,12]}}',
    '{"jsonrpc":"2.0","id":8,"method":"check","params":{"definition":{"drugs":[{"dose":0}]}}}',
    '{"jsonrpc":"2.0","id":9,"method":"run","params":{"analysis":"wait","parameters":{}}}',
    '{"jsonrpc":"2.0","method":"cancel","params":{"id":9}}',
    '{"jsonrpc":"2.0","id":10,"method":"tomorrow","params":{}}',
    '{"jsonrpc":"2.0","method":"tomorrow","params":{}}',
    '{"jsonrpc":"2.0","id":11,"method":"shutdown","params":{}}',
]


def main():
    to_plugin, from_plugin = os.pipe(), os.pipe()

    def descriptors():
        os.dup2(to_plugin[0], 30), os.dup2(from_plugin[1], 31)
        os.dup2(30, 3), os.dup2(31, 4)
        os.closerange(5, 32)

    subprocess.Popen(sys.argv[1:], preexec_fn=descriptors, close_fds=False,
                     stdout=subprocess.DEVNULL)
    os.close(to_plugin[0]), os.close(from_plugin[1])
    answers = os.fdopen(from_plugin[0])
    for line in HOST:
        print(json.dumps({"host": line}))
        os.write(to_plugin[1], line.encode() + b"\n")
        message = json.loads(line)
        # A run that is to be cancelled says that it has begun.
        until = "method" if message["params"].get("analysis") == "wait" else "id"
        if "id" not in message and message["method"] != "cancel":
            continue
        while True:
            answer = answers.readline().rstrip("\n")
            print(json.dumps({"plugin": answer}))
            if until in json.loads(answer):
                break


main()
