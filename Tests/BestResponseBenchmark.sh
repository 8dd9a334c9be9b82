#!/usr/bin/env bash
# BestResponseBenchmark.sh BUILD: confirmed best overall response of 100,000 subjects of 8 visits,
# beside the peers that are installed, on the same input in one run. Fails where a subject differs.
# PYTHON names the interpreter that has pandas.
set -euo pipefail
build=$1
peers=$(cd "$(dirname "$0")/Peers" && pwd)
python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$python" "$peers/best_response_input.py" 100000 8 "$work/input.csv"
arguments=()
if seconds=$("$python" "$peers/best_response.py" "$work/input.csv" "$work/pandas.csv"); then
  arguments+=("pandas,$seconds,$work/pandas.csv")
else
  echo "$seconds"
fi
if command -v Rscript >/dev/null && Rscript -e 'library(data.table)' >/dev/null 2>&1; then
  seconds=$(Rscript "$peers/best_response.R" "$work/input.csv" "$work/datatable.csv")
  arguments+=("data.table,$seconds,$work/datatable.csv")
else
  echo "R with data.table is not installed: skipped"
fi
"$build/BestResponseBenchmark" "$work/input.csv" "${arguments[@]}"
