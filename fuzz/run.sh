#!/usr/bin/env bash
# Runs every fuzz target, or those named, for so many seconds each, one per core at a time:
#   fuzz/run.sh [SECONDS] [TARGET...]
# HOMING_FUZZ_RUNS=N ends each after so many inputs at the latest: from the same seed and without a corpus of earlier
# runs they are the same ones every time.
# Installs cargo-fuzz beside the build if there is none. The compiler of a release will do: RUSTC_BOOTSTRAP opens what
# cargo-fuzz wants of it, and no sanitizer is needed where no code is unsafe.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-10}
shift || true
export RUSTC_BOOTSTRAP=1
tools=$PWD/fuzz/target/tools
export PATH=$tools/bin:$PATH
command -v cargo-fuzz >/dev/null || cargo install --quiet --locked --root "$tools" cargo-fuzz@0.13.2

targets=("$@")
[ "${#targets[@]}" -gt 0 ] || mapfile -t targets < <(cargo fuzz list)
cargo fuzz build --sanitizer none
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT

# A finding ends with its input in fuzz/artifacts/TARGET, and this script with an error.
one() {
  local target=$1 seconds=$2 logs=$3
  mkdir -p "fuzz/corpus/$target"
  if cargo fuzz run --sanitizer none "$target" "fuzz/corpus/$target" fuzz/seeds -- \
    -seed=1 -max_len=4200 -timeout=10 -rss_limit_mb=2048 -max_total_time="$seconds" -runs="${HOMING_FUZZ_RUNS:--1}" -print_final_stats=1 \
    >"$logs/$target" 2>&1; then
    echo "$target: $(grep -o 'Done [0-9]* runs in [0-9]* second' "$logs/$target")s, no finding"
  else
    tail -n 40 "$logs/$target"
    echo "$target: a finding"
    return 1
  fi
}
export -f one
printf '%s\0' "${targets[@]}" | xargs -0 -P "${HOMING_FUZZ_JOBS:-$(nproc)}" -I{} bash -c 'one "$@"' one {} "$seconds" "$logs"
