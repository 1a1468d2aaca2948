#!/bin/sh
# Builds from a copy of the sources in another directory and compares with what is committed in ../dist.
# Silent and 0 if they are the same; otherwise the differences and 1.
set -eu
ui=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

echo "node $(node -v), npm $(npm -v)"
tar -C "$ui" --exclude=node_modules -cf - . | (mkdir "$work/ui" && tar -C "$work/ui" -xf -)
sh "$work/ui/build.sh" "$work/dist" > "$work/log" 2>&1 || { cat "$work/log"; exit 1; }
diff -r "$work/dist" "$ui/../dist"
