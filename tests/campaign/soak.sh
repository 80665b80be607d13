#!/usr/bin/env bash
# A simulated day of a hundred thousand trackers, by hand: what memory and journal do. Minutes on one core.
#   tests/campaign/soak.sh [TRACKERS]
set -euo pipefail
cd "$(dirname "$0")/../.."
HOMING_SOAK=${1:-100000} cargo test --release --test campaign soak -- --ignored --nocapture
