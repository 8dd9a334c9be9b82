#!/usr/bin/env bash
# ImportBenchmark.sh BUILD: the import of 5.6 million CSV cells beside data.table's fread with the
# same checks, one after the other, three times each; the ratio is that of the fastest.
set -euo pipefail
build=$1
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/csv" "$work/out" "$work/out/0" "$work/out/1" "$work/out/2"
python3 "$here/Tests/Peers/import_data.py" "$work/csv"
echo "Import of 5.6 million CSV cells ($(du -sm "$work/csv" | cut -f1) MB)"
ours=$("$build/ImportBenchmark" "$work/csv" "$work/out" 3 | cut -d' ' -f1 | sort -g | head -n 1)
echo "  doublet: read, checked, hashed, written to disk: $ours s"
if command -v Rscript >/dev/null && Rscript -e 'library(data.table)' >/dev/null 2>&1; then
  theirs=$(Rscript "$here/Tests/Peers/import_fread.R" "$work/csv" 3)
  echo "  data.table fread and the same checks, nothing hashed or written: $theirs s"
  python3 -c "print(f'  ratio: {$ours / $theirs:.2f}')"
else
  echo "  data.table is not installed: skipped"
fi
