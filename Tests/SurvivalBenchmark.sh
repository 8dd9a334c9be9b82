#!/usr/bin/env bash
# SurvivalBenchmark.sh BUILD: Kaplan-Meier curves, the log-rank test and a Cox model of 100,000
# subjects, beside statsmodels, lifelines and R's survival where they are installed, and 10,000
# bootstrap medians of 200, in one run. Fails where a value differs.
# PYTHON names the interpreter that has the peers.
set -euo pipefail
build=$1
peers=$(cd "$(dirname "$0")/Peers" && pwd)
python=${PYTHON:-python3}

arguments=()
if rows=$("$python" "$peers/survival.py"); then
  while read -r row; do arguments+=("$row"); done <<<"$rows"
else
  echo "$rows"
fi
if command -v Rscript >/dev/null && rows=$(Rscript "$peers/survival.R" 2>/dev/null); then
  while read -r row; do arguments+=("$row"); done <<<"$rows"
else
  echo "R's survival is not installed: skipped"
fi
"$build/SurvivalBenchmark" "${arguments[@]}"
