#!/usr/bin/env bash
# ExactBenchmark.sh BUILD: 10,000 Clopper-Pearson intervals, Barnard's and Boschloo's tests, beside
# SciPy and R where they are installed, in one run. Fails where a value differs.
# PYTHON names the interpreter that has SciPy.
set -euo pipefail
build=$1
peers=$(cd "$(dirname "$0")/Peers" && pwd)
python=${PYTHON:-python3}

arguments=()
if rows=$("$python" "$peers/exact.py"); then
  while read -r row; do arguments+=("$row"); done <<<"$rows"
else
  echo "$rows"
fi
if command -v Rscript >/dev/null; then
  while read -r row; do arguments+=("$row"); done <<<"$(Rscript "$peers/exact.R")"
else
  echo "R is not installed: skipped"
fi
"$build/ExactBenchmark" "${arguments[@]}"
