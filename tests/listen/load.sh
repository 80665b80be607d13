#!/usr/bin/env bash
# What `homing listen` takes, by hand: ten thousand simulated trackers, a process of their own, report over TCP. Shows a
# table, and ends with 1 when a message is lost, a connection breaks, or fewer than the wanted messages come in a second.
# Usage: tests/listen/load.sh [TRACKERS [INTERVAL [MESSAGES [PROTOCOL [FORMAT]]]]]; HOMING_RATE sets what is wanted.
set -euo pipefail
cd "$(dirname "$0")/../.."
trackers=${1:-10000} interval=${2:-150ms} messages=${3:-200} protocol=${4:-startek} format=${5:-table}
wanted=${HOMING_RATE:-50000}

cargo build --quiet --release --locked
homing=${CARGO_TARGET_DIR:-target}/release/homing
folder=$(mktemp -d)
listener=
trap '[ -z "$listener" ] || kill "$listener" 2>/dev/null || true; rm -rf "$folder"' EXIT

# One of the numbers that the system keeps of a process, in kB.
kilobytes() { awk -v key="$2:" '$1 == key { print $2 }' "/proc/$1/status"; }
# Processor time of a process so far, in hundredths of a second.
ticks() { awk '{ print $14 + $15 }' "/proc/$1/stat"; }
# A number of a JSON document that is written a key a line.
number() { grep -m 1 -o "\"$2\": *[0-9.]*" "$1" | grep -o '[0-9.]*$'; }

# Both programs raise their own limit of open files, so the shell need not.
"$homing" listen --tcp 0 --format "$format" --for 10m >"$folder/heard" 2>"$folder/said" &
listener=$!
for _ in $(seq 200); do
  grep -q '^listening at' "$folder/said" && break
  sleep 0.05
done
to=$(grep -m 1 -o '127.0.0.1:[0-9]*/tcp' "$folder/said")
before=$(kilobytes "$listener" VmHWM)
load=$(cut -d ' ' -f 1-3 /proc/loadavg)

"$homing" simulate "$protocol" --to "$to" --count "$trackers" --interval "$interval" --messages "$messages" \
  --format json >"$folder/did" 2>/dev/null || true
after=$(kilobytes "$listener" VmHWM) worked=$(ticks "$listener")
# A tracker leaves when the server has heard its last word, so everything was heard by now.
kill -INT "$listener"
wait "$listener" || true
listener=

sent=$(number "$folder/did" sent) took=$(number "$folder/did" ms)
heard=$(grep -o '[0-9]* messages\? in ' "$folder/said" | grep -o '[0-9]*')
lines=$(grep -c -e ' > ' -e '"type":"message"' "$folder/heard" || true)
most=$(grep -o '([0-9]* at most' "$folder/said" | grep -o '[0-9]*')
damaged=$(grep -o '[0-9]* damaged' "$folder/said" | grep -o '[0-9]*')
rate=$(awk -v sent="$sent" -v ms="$took" 'BEGIN { printf "%d", sent * 1000 / ms }')
row() { printf '%-44s%s\n' "$@"; }
row 'trackers, interval, protocol, format' "$trackers, $interval, $protocol, $format"
row 'load of the machine before' "$load"
row 'seconds, connecting among them' "$(awk -v ms="$took" 'BEGIN { printf "%.1f", ms / 1000 }')"
row 'messages sent' "$sent"
row 'messages heard' "$heard"
row 'messages shown' "$lines"
row 'damaged' "$damaged"
row 'connections at one time' "$most"
row 'connections lost, refused' "$(number "$folder/did" lost), $(number "$folder/did" refused)"
row 'messages a second' "$rate"
row 'processor time of the listener, s' "$(awk -v t="$worked" -v hz="$(getconf CLK_TCK)" 'BEGIN { printf "%.1f", t / hz }')"
row 'memory before, at most (kB)' "$before, $after"
row 'memory a connection (bytes)' "$(((after - before) * 1024 / trackers))"

[ "$sent" = "$heard" ] && [ "$sent" = "$lines" ] || { echo 'messages were lost' >&2; exit 1; }
[ "$most" = "$trackers" ] || { echo "not all trackers were there at one time" >&2; exit 1; }
[ "$(number "$folder/did" lost)$(number "$folder/did" refused)$damaged" = 000 ] || { echo 'something broke' >&2; exit 1; }
[ "$rate" -ge "$wanted" ] || { echo "fewer than $wanted messages a second" >&2; exit 1; }
