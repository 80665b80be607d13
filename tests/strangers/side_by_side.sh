#!/usr/bin/env bash
# How often a message is handed to a modem that takes it and stays silent: smstools, gammu-smsd and homing, each with
# a lab of its own and the same time. It counts in the labs' logs, not in what the programs say of themselves.
# Usage: tests/strangers/side_by_side.sh [SECONDS]   (HOMING names the program; target/debug/homing when it does not)
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds="${1:-240}"
homing="${HOMING:-target/debug/homing}"
work="$(mktemp -d)"
pids=()
finish() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT

# A lab for one program: its folder, its port in the file `port`.
lab() {
  local folder="$work/$1"
  mkdir -p "$folder"/{outgoing,checked,incoming,failed,inbox,outbox,sent,error}
  "$homing" lab --trackers 1 --profile istartek-pt32 --fault silent-after-ctrl-z --format json \
    --log "$folder/lab.log" >"$folder/ready" </dev/null &
  pids+=($!)
  until [ -s "$folder/ready" ]; do sleep 0.1; done
  sed 's/.*"ports":\["\([^"]*\)".*/\1/' "$folder/ready" >"$folder/port"
  sed 's/.*"first_tracker":"\([^"]*\)".*/\1/' "$folder/ready" >"$folder/number"
}

smstools() {
  local folder="$work/smstools"
  cat >"$folder/smsd.conf" <<CONF
devices = LAB
outgoing = $folder/outgoing
checked = $folder/checked
incoming = $folder/incoming
failed = $folder/failed
logfile = $folder/smsd.log
infofile = $folder/smsd.working
pidfile = $folder/smsd.pid
delaytime = 1
[LAB]
device = $(cat "$folder/port")
incoming = no
CONF
  printf 'To: %s\n\nhello' "$(tr -d + <"$folder/number")" >"$folder/outgoing/message"
  "$(command -v smsd || echo /usr/sbin/smsd)" -t -c "$folder/smsd.conf" >/dev/null 2>&1 </dev/null &
  pids+=($!)
}

gammu_smsd() {
  local folder="$work/gammu-smsd"
  cat >"$folder/smsdrc" <<CONF
[gammu]
device = $(cat "$folder/port")
connection = at115200
synchronizetime = no
[smsd]
service = files
logfile = $folder/smsd.log
inboxpath = $folder/inbox/
outboxpath = $folder/outbox/
sentsmspath = $folder/sent/
errorsmspath = $folder/error/
commtimeout = 5
checksecurity = 0
CONF
  printf 'hello' >"$folder/outbox/OUTA20260801_000000_00_$(cat "$folder/number")_one.txt"
  gammu-smsd -c "$folder/smsdrc" >/dev/null 2>&1 </dev/null &
  pids+=($!)
}

ours() {
  local folder="$work/homing"
  # Standing "unknown" is the honest end of it, so the exit code is not 0.
  "$homing" send istartek-pt32 --apn internet --phone "$(cat "$folder/number")" --via "modem:$(cat "$folder/port")" \
    --yes --format json >"$folder/said" 2>"$folder/err" </dev/null &
  pids+=($!)
}

for program in smstools gammu-smsd homing; do lab "$program"; done
command -v smsd >/dev/null || [ -x /usr/sbin/smsd ] && smstools
command -v gammu-smsd >/dev/null && gammu_smsd
ours
sleep "$seconds"

echo "silent after Ctrl-Z, $seconds seconds:"
for program in smstools gammu-smsd homing; do
  # One message has one PDU: the same digits again are the same message again.
  submits="$(grep '"kind":"submit"' "$work/$program/lab.log" || true)"
  most="$(sed -n 's/.*"pdu":"\([0-9A-F]*\)".*/\1/p' <<<"$submits" | sort | uniq -c | sort -rn | head -n 1)"
  read -r times pdu <<<"$most" || true
  when="$(grep "\"pdu\":\"${pdu:-none}\"" <<<"$submits" | sed -n 's/{"t":\([0-9]*\).*/\1 s/p' | paste -sd, -)"
  printf '%-12s handed the same message over %s times%s\n' "$program" "${times:-0}" "${when:+ (at $when)}"
done
