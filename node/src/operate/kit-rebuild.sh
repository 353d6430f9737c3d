#!/bin/sh
# Makes a working node from this exit kit, on any machine with Node.js 20.19 or newer.
#
#   ./rebuild.sh RENSHE DATA [KEYS]
#
#   RENSHE  folder of the Renshe program, with its dependencies installed (npm ci)
#   DATA    empty folder for the node's data
#   KEYS    folder with the release keys R, one file <member>/release.json each; they are never in a kit.
#           Left out, put each into DATA/members/<member>/keys/ before the first start.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
if [ $# -lt 2 ]; then
  sed -n '2,10p' "$0"
  exit 2
fi
renshe="$1/cli/bin/renshe.mjs"
data=$2
keys=${3:-}

echo '1/4 checking the kit'
node "$here/verify.mjs" "$here"

echo '2/4 restoring: every file compared, every block executed again'
node "$renshe" restore "$here/node" --data "$data"

if [ -n "$keys" ]; then
  echo '3/4 putting the release keys back'
  for member in "$data"/members/*/; do
    id=$(basename "$member")
    if [ -f "$keys/$id/release.json" ]; then
      cp "$keys/$id/release.json" "$member/keys/release.json"
      chmod 600 "$member/keys/release.json"
    fi
  done
else
  echo '3/4 no release keys were named: put them into keys/ before the first start'
fi

echo '4/4 comparing with the kit'
node "$renshe" verify --data "$data" --json | node -e "
const kit = JSON.parse(require('node:fs').readFileSync('$here/kit.json', 'utf8'))
const { copies } = JSON.parse(require('node:fs').readFileSync(0, 'utf8'))
for (const { member, height, headerHash } of kit.ledgers) {
  const copy = copies.find((each) => each.member === member) ?? { member }
  const isSame = copy.ok && copy.height === height && copy.headerHash === headerHash
  console.log((isSame ? '✓ ' : '✗ ') + copy.member + ': height ' + copy.height + ', header ' + copy.headerHash)
  if (!isSame) process.exitCode = 1
}
"
echo "The node is ready: node $renshe start --data $data"
