#!/usr/bin/env bash
# TumorDynamicsBenchmark.sh BUILD: the sums of diameters of virtual patients over 24 weeks, plain and
# with 30 doses, beside SciPy, NumPy and R's deSolve where they are installed, in one run. Fails where
# a value differs. PYTHON names the interpreter that has the peers.
set -euo pipefail
build=$1
peers=$(cd "$(dirname "$0")/Peers" && pwd)
python=${PYTHON:-python3}

arguments=()
if rows=$("$python" "$peers/tumor_dynamics.py"); then
  while read -r row; do arguments+=("$row"); done <<<"$rows"
else
  echo "SciPy is not installed: skipped"
fi
if command -v Rscript >/dev/null && rows=$(Rscript "$peers/tumor_dynamics.R" 2>/dev/null); then
  while read -r row; do arguments+=("$row"); done <<<"$rows"
else
  echo "R's deSolve is not installed: skipped"
fi
"$build/TumorDynamicsBenchmark" "${arguments[@]}"
