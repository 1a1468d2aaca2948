#!/bin/sh
# Builds everything that the Go program embeds: sh build.sh [DIR], where DIR is ../dist unless given.
# The same sources give the same bytes in any directory; check.sh holds that.
set -eu
ui=$(cd "$(dirname "$0")" && pwd)
mkdir -p "${1:-$ui/../dist}"
dist=$(cd "${1:-$ui/../dist}" && pwd)

cd "$ui/graphiql"
npm ci --ignore-scripts --no-audit --no-fund
npm run build -- --outDir "$dist/graphiql" --emptyOutDir

cd "$ui"
node scripts/licenses.mjs "$dist/THIRD_PARTY_LICENSES.txt" graphiql
node scripts/manifest.mjs . "$dist"
