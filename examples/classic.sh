#!/bin/sh
# The classic homework: a proxy, four servers of two policies, six clients, each a program of its own.
#
#   sh examples/classic.sh           the proxy on port 2100, the servers on the ports after it
#   sh examples/classic.sh 3100      on port 3100
#
# ROUNDABOUT=roundabout sh classic.sh uses an installed package. Any of the programs can be your own: put its command in
# the place of ours.
set -eu

port=${1:-2100}
if [ -z "${ROUNDABOUT:-}" ]; then
  ROUNDABOUT="node $(dirname "$0")/../bin/roundabout.mjs"
fi
lines=$(mktemp -d)
started=
trap 'kill $started 2>/dev/null || true; wait; rm -r "$lines"' EXIT
trap 'exit 130' INT TERM

# Builds, if need be, before the programs start.
$ROUNDABOUT --version >"$lines/version"

# Waits until the proxy has printed this.
wait_for() {
  until grep -q "$1" "$lines/proxy" 2>/dev/null; do
    kill -0 "$proxy" 2>/dev/null || exit 1
    sleep 0.1
  done
}

$ROUNDABOUT proxy -port "$port" >"$lines/proxy" &
proxy=$!
started="$proxy"
wait_for Listening

server() {
  $ROUNDABOUT server -id "$1" -pp "$2" -listen "$3" -revproc "$port" >"$lines/server-$1" &
  started="$started $!"
  wait_for "registration from server $1 "
}
server 100 111 $((port + 5))
server 200 222 $((port + 10))
server 300 111 $((port + 15))
server 400 222 $((port + 20))

client() {
  printf '{"type": 0, "srcid": %s, "privPoliId": %s, "payloadsize": 4, "payload": "xyz%s"}\n' \
    "$1" "$2" "$1" >"$lines/packet.json"
  echo "== client $1"
  $ROUNDABOUT client -id "$1" -revproc "$port" -pkt "$lines/packet.json"
}
client 1 111
client 2 111
client 3 222
client 4 111
client 5 222
client 6 222

echo "== the proxy"
cat "$lines/proxy"
