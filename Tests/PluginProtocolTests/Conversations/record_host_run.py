"""record_host_run.py PROGRAM: WellBehavedPlugin has its host run an analysis, line by line as JSON.

It wrote v1-host-run.jsonl, which is kept as it is for as long as protocol 1 is spoken, as v1.jsonl is.
"""
import json
import os
import subprocess
import sys

HOST = [
    '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocol":1,"features":["host.run"]}}',
    '{"jsonrpc":"2.0","id":2,"method":"run","params":{"analysis":"call-a","parameters":'
    '{"path":"count","given":"{\\"responders\\":\\"15/30\\"}","number":"8"},"seed":"7"}}',
    '{"jsonrpc":"2.0","id":1,"result":{"analysis":"count","plugin":{"id":"well-behaved","version":'
    '"1.0.0"},"parameters":{"responders":{"events":15,"total":30},"level":0.95},"seed":"8",'
    '"estimates":[],"tests":[],"tables":[],"figures":[],"methods":[],"notes":[],"citations":[]}}',
    '{"jsonrpc":"2.0","id":3,"method":"run","params":{"analysis":"call-a","parameters":'
    '{"path":"gone","given":"{}"}}}',
    '{"jsonrpc":"2.0","id":2,"error":{"code":-32001,"message":"call-a needs the analysis gone, which '
    'no plugin offers","data":{"kind":"call.unknown"}}}',
    '{"jsonrpc":"2.0","id":4,"method":"shutdown","params":{}}',
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
        print(json.dumps({"plugin": answers.readline().rstrip("\n")}))


main()
