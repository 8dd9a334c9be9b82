#!/usr/bin/env bash
# Builds the plugin and puts its program where plugin.toml looks for it: beside plugin.toml.
set -euo pipefail
cd "$(dirname "$0")"
swift build -c release --static-swift-stdlib --product @TYPE@
install -m 755 .build/release/@TYPE@ @TYPE@
echo "Built. Now say \"plugins reload\" in the REPL, and \"plugins check $PWD\"."
