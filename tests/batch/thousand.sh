#!/usr/bin/env bash
# By hand: a thousand trackers of both dialects through `--via lab`, some of them played otherwise; who should end as
# reporting does. tests/batch/thousand.sh [TRACKERS]
set -euo pipefail
cd "$(dirname "$0")/../.."
count=${1:-1000}
cargo build --quiet --release --locked
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 - "$count" >"$folder/fleet.csv" <<'PYTHON'
import sys
def check(digits):
    total = sum(d * 2 // 10 + d * 2 % 10 if at % 2 == 0 else d
                for at, d in enumerate(int(c) for c in reversed(digits)))
    return digits + str(-total % 10)
plays = {7: "offline", 17: "silent", 27: "not_authorised", 37: "wrong_password", 47: "other_dialect"}
print("name,profile,imei,phone,apn,transport,interval,lab")
for at in range(int(sys.argv[1])):
    vt = at % 3 == 0
    imei = check(("86290606" if vt else "86418305") + f"{410000 + at:06}")
    play = plays.get(at % 100, "")
    # Nothing in the `#` dialect of this profile has a password.
    if play == "wrong_password" and not vt:
        play = ""
    transport = "udp" if vt and at % 2 == 0 else "tcp"
    print(f"T{at},{'istartek-vt' if vt else 'istartek-pt32'},{imei},+4477009{at:05},internet,{transport},{30 + at % 5 * 30},{play}")
PYTHON
started=$(date +%s)
code=0
target/release/homing batch run "$folder/fleet.csv" --via lab --yes >"$folder/out" 2>"$folder/err" || code=$?
echo "exit $code after $(($(date +%s) - started)) s"
tail -1 "$folder/out"
python3 - "$folder/fleet.csv" "$(tail -1 "$folder/out")" <<'PYTHON'
import collections, csv, sys
def truth(row):
    if row["lab"] == "not_authorised" and row["profile"] == "istartek-vt":
        return "planned"  # No source gives an answer, so nothing comes back.
    ends = {"": "reporting", "offline": "verified", "silent": "planned", "other_dialect": "failed"}
    return ends.get(row["lab"], "refused")
counts = collections.Counter(map(truth, csv.DictReader(open(sys.argv[1]))))
wanted = "fleet: " + ", ".join(f"{counts[one]} {one}" for one in sorted(counts))
if wanted != sys.argv[2]:
    sys.exit(f"expected {wanted}")
print("each count is as it should be")
PYTHON
