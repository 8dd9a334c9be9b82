#!/usr/bin/env bash
# Installs the Debian packages named as arguments that are not there yet.
set -euo pipefail

missing=()
if command -v dpkg-query >/dev/null && command -v apt-get >/dev/null; then
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && exit 0
else
  # Not Debian: look for what the packages bring.
  for module in sqlite3 libedit libRmath; do
    pkg-config --exists "$module" 2>/dev/null || missing+=("$module")
  done
  [ ${#missing[@]} -eq 0 ] && exit 0
  echo "Doublet needs the development files of SQLite, libedit and R's mathlib, and gnuplot; this system has no apt-get, so please install them (missing: ${missing[*]}) and try again." >&2
  exit 1
fi

root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || {
    echo "Please install these packages as root and try again: ${missing[*]}" >&2
    exit 1
  }
  root=(sudo)
fi
echo "Installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
"${root[@]}" apt-get update -qq
"${root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
