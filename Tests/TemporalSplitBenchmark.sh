#!/usr/bin/env bash
# TemporalSplitBenchmark.sh BUILD: the temporal split of 100,000 subjects of 8 visits, beside pandas
# and SciPy where they are installed, on the same rows in one run. Fails where a number differs.
# PYTHON names the interpreter that has them.
set -euo pipefail
build=$1
here=$(cd "$(dirname "$0")" && pwd)
python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mkdir -p "$work/csv" "$work/data/0"
python3 "$here/Peers/temporal_split_input.py" 100000 8 "$work/csv"
"$build/ImportBenchmark" "$work/csv" "$work/data" 1 >/dev/null
arguments=("$work"/data/0/*.sqlite)
if row=$("$python" "$here/Peers/temporal_split.py" "$work/csv/assessment.csv"); then
  arguments+=("$row")
else
  echo "pandas and SciPy are not installed: skipped"
fi
python3 "$here/temporal_split_benchmark.py" "$build" "${arguments[@]}"
