#!/usr/bin/env bash
# install.sh BUILD PREFIX   copies programs, plugins, settings and units below PREFIX
# install.sh --remove PREFIX
set -euo pipefail
cd "$(dirname "$0")/.."

if [ "$1" = --remove ]; then
  prefix=$2
  rm -f "$prefix/bin/doublet" "$prefix/bin/doubletd"
  rm -f "$prefix/lib/systemd/user/doubletd.service" "$prefix/lib/systemd/user/doubletd.socket"
  # With the default prefix this folder is also where a user's data sets and runs are kept: only
  # what was installed goes.
  share=$prefix/share/doublet
  for manifest in Plugins/*/plugin.toml; do
    rm -rf "$share/plugins/$(sed -n 's/^id = "\(.*\)"$/\1/p' "$manifest" | head -n 1)"
  done
  rm -rf "$share/examples" "$share/kits"
  rm -f "$share/LICENSE" "$share/doublet.toml"
  rmdir "$share/plugins" "$share" 2>/dev/null || true
  echo "Removed Doublet from $prefix; your data sets and runs are untouched."
  exit 0
fi

build=$1
prefix=$2
share=$prefix/share/doublet
install -d "$prefix/bin" "$share/plugins" "$prefix/lib/systemd/user"
install -m 755 "$build/doublet" "$build/doubletd" "$prefix/bin/"
for manifest in Plugins/*/plugin.toml; do
  folder=$(dirname "$manifest")
  id=$(sed -n 's/^id = "\(.*\)"$/\1/p' "$manifest" | head -n 1)
  program=$(sed -n 's/^run = \["\([^"]*\)".*$/\1/p' "$manifest" | head -n 1)
  install -d "$share/plugins/$id"
  install -m 644 "$manifest" "$share/plugins/$id/"
  [ -f "$folder/README.md" ] && install -m 644 "$folder/README.md" "$share/plugins/$id/"
  if [ -d "$folder/selfcheck" ]; then
    install -d "$share/plugins/$id/selfcheck"
    install -m 644 "$folder"/selfcheck/*.csv "$share/plugins/$id/selfcheck/"
    # The data sets the cases read, a folder each.
    for data in "$folder"/selfcheck/*/; do
      [ -d "$data" ] || continue
      install -d "$share/plugins/$id/selfcheck/$(basename "$data")"
      install -m 644 "$data"*.csv "$share/plugins/$id/selfcheck/$(basename "$data")/"
    done
  fi
  [ -n "$program" ] && install -m 755 "$build/$program" "$share/plugins/$id/"
done
install -m 644 config/doublet.toml LICENSE "$share/"
# Links become files: what is installed needs no sources.
cp -RL config/examples config/kits "$share/"
find "$share/examples" "$share/kits" -name __pycache__ -prune -exec rm -rf {} +
for unit in config/systemd/user/*; do
  sed "s|^ExecStart=/usr/bin/|ExecStart=$prefix/bin/|" "$unit" \
    >"$prefix/lib/systemd/user/$(basename "$unit")"
done
echo "Installed Doublet in $prefix."
case ":$PATH:" in
  *":$prefix/bin:"*) ;;
  *) echo "Add $prefix/bin to your PATH, then type: doublet" ;;
esac
