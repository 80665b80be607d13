#!/usr/bin/env bash
# Changes the code of the wire room in small ways and asks whether its tests notice (cargo-mutants), by hand:
#   tests/mutants.sh                    the startek codec and the checksums
#   tests/mutants.sh others             forty of the other codecs, every time the same
#   tests/mutants.sh startek --shard 0/4    any further argument goes to cargo-mutants
# What is missed is listed in target/mutants.out/missed.txt.
set -euo pipefail
cd "$(dirname "$0")/.."
what=${1:-startek}
shift || true
tools=$PWD/target/tools
export PATH=$tools/bin:$PATH
command -v cargo-mutants >/dev/null || cargo install --quiet --locked --root "$tools" cargo-mutants

codecs=(gt06 eelink jt808 meiligao watch)
files=()
sample=()
case $what in
  startek) files=(-f 'src/wire/protocol/startek/**' -f src/wire/checksum.rs -f src/wire/crc.rs) ;;
  others)
    for codec in "${codecs[@]}"; do files+=(-f "src/wire/protocol/$codec/**"); done
    count=$(cargo mutants --list "${files[@]}" | wc -l)
    sample=(--shard "0/$(((count + 39) / 40))" --sharding round-robin)
    ;;
  *)
    echo "tests/mutants.sh: \`$what\` is neither startek nor others" >&2
    exit 2
    ;;
esac
cargo mutants --output target --no-shuffle "${files[@]}" "${sample[@]}" "$@" -- --lib wire::
