#!/usr/bin/env bash
# demo.sh BUILD: a daemon in a folder of its own, and a short session as a user would see it.
set -euo pipefail
build=$1
here=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
socket=$work/doublet.sock
cleanup() {
  [ -n "${daemon:-}" ] && kill "$daemon" 2>/dev/null && wait "$daemon" 2>/dev/null
  rm -rf "$work"
}
trap cleanup EXIT

"$build/doubletd" --socket "$socket" --data "$work/data" --plugins "$here/Plugins" 2>"$work/log" &
daemon=$!
for _ in $(seq 1 500); do
  [ -S "$socket" ] && break
  kill -0 "$daemon" 2>/dev/null || { cat "$work/log" >&2; exit 1; }
  sleep 0.01
done

say() { printf '\n# %s\n' "$*"; }
show() {
  printf 'doublet> %s\n' "$1"
  (cd "$here" && "$build/doublet" --socket "$socket" -c "$1")
}

say "The published trial: 15 of 30 responded, against 61/243 on paclitaxel alone, p = 0.004 quoted."
show 'response-rate 15/30 control=61/243 quoted=0.0041'
say "The same count against every published weekly-paclitaxel arm."
show 'response-rate 15/30 control=all quoted=0.004'
say "Thirty SIMULATED patients, imported from CSV and analysed from their assessments."
show 'import config/examples/simulated-30 as simulated'
show 'response-rate simulated control=e2100-irf by=dose_level'
say "Somebody kills the plugin; the daemon does not mind, and the next command works."
plugin=$(pgrep -P "$daemon" | head -n 1)
kill -KILL "$plugin"
printf '$ kill -KILL %s\n' "$plugin"
show 'response-rate 16/30 control=0.25 interval=clopper-pearson test=exact-doubled'
say "Every run was kept, and the audit trail is whole."
show 'runs'
show 'audit verify'
