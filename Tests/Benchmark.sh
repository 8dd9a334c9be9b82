#!/usr/bin/env bash
# Benchmark.sh BUILD: measures the daemon beside the peers that are installed, all in one run.
# Peers in Python are looked for in the interpreter that PYTHON names, python3 without it.
set -euo pipefail
build=$1
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
pids=()
cleanup() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT

wait_for() {
  for _ in $(seq 1 500); do [ -S "$1" ] && return 0; sleep 0.01; done
  echo "$1 never appeared" >&2
  return 1
}

peers=()
if command -v redis-server >/dev/null; then
  redis-server --port 0 --unixsocket "$work/redis.sock" --save '' --daemonize no >/dev/null 2>&1 &
  pids+=($!)
  wait_for "$work/redis.sock"
  peers+=("redis=$work/redis.sock")
else
  echo "redis-server is not installed: skipped"
fi
if command -v Rscript >/dev/null && Rscript -e 'library(Rserve)' >/dev/null 2>&1; then
  printf 'socket %s\ninteractive no\nremote disable\n' "$work/rserve.sock" >"$work/rserve.conf"
  Rscript -e "Rserve::run.Rserve(config.file='$work/rserve.conf')" >/dev/null 2>&1 &
  pids+=($!)
  wait_for "$work/rserve.sock"
  peers+=("rserve=$work/rserve.sock")
else
  echo "Rserve is not installed: skipped"
fi
postgres=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -n 1 || true)
if [ -n "$postgres" ] && [ -x "$postgres/initdb" ]; then
  as=()
  if [ "$(id -u)" -eq 0 ]; then
    chmod 755 "$work"
    install -d -o postgres "$work/pg"
    as=(setpriv --reuid=postgres --regid=postgres --clear-groups)
  else
    mkdir "$work/pg"
  fi
  "${as[@]}" "$postgres/initdb" -D "$work/pg/data" -U postgres -A trust >/dev/null
  "${as[@]}" "$postgres/postgres" -D "$work/pg/data" -k "$work/pg" -h '' >/dev/null 2>&1 &
  pids+=($!)
  wait_for "$work/pg/.s.PGSQL.5432"
  peers+=("postgres=$work/pg/.s.PGSQL.5432")
else
  echo "PostgreSQL is not installed: skipped"
fi

socket=$work/doublet.sock
start=$(date +%s%N)
"$build/doubletd" --socket "$socket" --data "$work/data" --plugins "$here/Plugins" 2>"$work/log" &
daemon=$!
pids+=("$daemon")
until "$build/doublet" --socket "$socket" -c 'status' >/dev/null 2>&1; do
  kill -0 "$daemon" || { cat "$work/log"; exit 1; }
done
ready=$(date +%s%N)
"$build/doublet" --socket "$socket" -c 'response-rate 15/30' >/dev/null
first=$(date +%s%N)
echo "Cold start: daemon answers its first client after $(((ready - start) / 1000000)) ms," \
  "first run with its plugin's start $(((first - ready) / 1000000)) ms more"
if command -v Rscript >/dev/null; then
  begin=$(date +%s%N)
  Rscript -e 'suppressMessages(library(survival))' >/dev/null 2>&1 || true
  echo "  Rscript with library(survival): $((($(date +%s%N) - begin) / 1000000)) ms"
fi
echo
"$build/Benchmark" "doublet=$socket" "pid=$daemon" "${peers[@]}"

python=${PYTHON:-python3}
if jupyter=$("$python" "$here/Tests/Peers/jupyter.py"); then
  read -r median p99 <<<"$jupyter"
  echo
  echo "A Jupyter kernel's 1+1: median $median, p99 $p99 microseconds"
else
  echo "Jupyter: $jupyter"
fi
