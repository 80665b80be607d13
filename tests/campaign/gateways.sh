#!/usr/bin/env bash
# The whole campaign by way of a gateway, by hand; its table goes into docs/campaign.md:
#   tests/campaign/gateways.sh [TRACKERSxSEEDS]     300x2 if nothing is said; some ten minutes, most of them waits
set -euo pipefail
cd "$(dirname "$0")/../.."
out=target/gateways.txt
HOMING_GATEWAYS=${1:-300x2} cargo test --test campaign gateways:: -- --nocapture | tee "$out"
page=docs/campaign.md
{
  sed '/^| gateway faults /,$d' "$page"
  echo '| gateway faults | replies | seed | trackers | messages | struck | verified | acknowledged | sent | unknown | refused | failed | planned | unequal | twice | wrong | untrue | lost | calls | took |'
  echo '|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|'
  grep -o '| [a-z0-9=. -]* | \(asked\|told\) | .* s |$' "$out" | sort -s -t '|' -k 2,2
} >"$page.new"
mv "$page.new" "$page"
