#!/usr/bin/env bash
# The whole fault campaign, by hand; its table goes into docs/campaign.md:
#   tests/campaign/run.sh [TRACKERSxSEEDS]     10000x20 if nothing is said; about an hour on one core
# One run of one fault: HOMING_CAMPAIGN_ONLY=cms=500, one of all together: HOMING_CAMPAIGN_SEED=7; everything that is
# known of one tracker: HOMING_CAMPAIGN_SHOW=T17.
set -euo pipefail
cd "$(dirname "$0")/../.."
out=target/campaign.txt
HOMING_CAMPAIGN=${1:-10000x20} cargo test --release --test campaign share:: -- --nocapture --test-threads=1 --skip gateways | tee "$out"
page=docs/campaign.md
{
  sed '/^| faults /,$d' "$page"
  echo '| faults | seed | trackers | messages | verified | acknowledged | sent | unknown | refused | failed | planned | unequal | twice | wrong | untrue | journal | simulated | took |'
  echo '|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|'
  grep -o '| .* s |$' "$out"
  echo
  # The campaign by way of a gateway has a table of its own, which gateways.sh writes.
  sed -n '/^## By way of a gateway/,$p' "$page"
} >"$page.new"
mv "$page.new" "$page"
