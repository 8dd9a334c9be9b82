#!/usr/bin/env bash
# TemporalReferenceBenchmark.sh BUILD: the chemotherapy-only reference of a temporal split, beside
# NumPy where it is installed, in one run. Fails where the shares differ.
# PYTHON names the interpreter that has NumPy.
set -euo pipefail
build=$1
peers=$(cd "$(dirname "$0")/Peers" && pwd)
python=${PYTHON:-python3}

arguments=()
if row=$("$python" "$peers/chemotherapy_reference.py"); then
  arguments+=("numpy,${row// /,}")
else
  echo "NumPy is not installed: skipped"
fi
"$build/TemporalReferenceBenchmark" "${arguments[@]}"
