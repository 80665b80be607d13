#!/usr/bin/env bash
# The long form of `kills.rs`, by hand: a thousand trackers behind four modems, fifty kills for each seed.
# Usage: tests/batch/campaign.sh [SEED...]; HOMING_KILLS and HOMING_KILL_TRACKERS set other numbers.
set -euo pipefail
cd "$(dirname "$0")/../.."
export HOMING_KILLS=${HOMING_KILLS:-50} HOMING_KILL_TRACKERS=${HOMING_KILL_TRACKERS:-1000}
if [ $# = 0 ]; then set -- 1 2 3; fi
test=kills::a_batch_that_is_killed_again_and_again_loses_nothing_and_sends_nothing_twice

# A seed that fails shows all that was said, and ends the campaign.
printf '%-6s%-10s%-7s%-8s%-14s%-14s%-11s%-9s%-9s%-9s%-6s%-6s%-8s%s\n' \
  seed trackers kills 'by time' 'behind Ctrl-Z' 'in a commit' submitted arrived 'let out' unknown lost twice foreign seconds
for seed in "$@"; do
  begun=$(date +%s)
  if ! said=$(HOMING_KILL_SEED=$seed cargo test --quiet --test batch -- --nocapture --exact "$test" 2>&1); then
    echo "$said" >&2
    exit 1
  fi
  line=$(grep -o '[0-9]* trackers, [0-9]* kills.*' <<<"$said")
  read -ra n <<<"$(grep -o '[0-9][0-9]*' <<<"$line" | tr '\n' ' ')"
  printf '%-6s%-10s%-7s%-8s%-14s%-14s%-11s%-9s%-9s%-9s%-6s%-6s%-8s%s\n' "$seed" "${n[0]}" "${n[1]}" "${n[2]}" "${n[3]}" \
    "${n[4]}" "${n[5]}" "${n[6]}" "${n[7]}" "${n[8]}" "${n[13]}" "${n[14]}" "${n[15]}" "$(($(date +%s) - begun))"
done
