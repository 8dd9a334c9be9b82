#!/usr/bin/env bash
# run.sh FUZZER SECONDS: one fuzzer from its seeds; what it finds is kept beside the build.
set -euo pipefail
fuzzer=$1
seconds=$2
name=$(basename "$fuzzer")
seeds=$(cd "$(dirname "$0")" && pwd)/$name/Seeds
corpus=$(mktemp -d)
trap 'rm -rf "$corpus"' EXIT
echo "$name: $seconds s"
# A single input over 10 s, or 2 GiB of memory, is a fault as much as a crash.
# Swift's own backtracer would keep libFuzzer from saving the input.
SWIFT_BACKTRACE=enable=no "$fuzzer" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=65536 -print_final_stats=1 \
  -artifact_prefix="$(dirname "$fuzzer")/$name-" "$corpus" "$seeds" >"$corpus.log" 2>&1 || {
  tail -n 40 "$corpus.log"
  echo "$name found a fault"
  exit 1
}
grep -E 'stat::(number_of_executed_units|average_exec_per_sec|peak_rss_mb)' "$corpus.log"
rm -f "$corpus.log"
