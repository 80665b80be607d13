#!/bin/bash
# By hand, as root: how true the reported connect time is, and a thousand endpoints at once. Not part of any test, as it
# judges by a clock. Needs ip, nft, tcpdump, python3 and /dev/net/tun; everything stays on loopback and in namespaces.
#
#   cargo build --release && bash tests/probe/connect_time.sh target/release/homing
#
# 1. Loopback: the median of 200 reported times against the median of SYN to ACK in a capture; within 0.2 ms.
# 2. A delay put in by a user-space forwarder between two TUN devices (25 ms each way): the median of 200 reported times
#    against 50 ms and against the capture; within 1 ms.
# 3. 1,000 endpoints in parallel, a tenth of them dropped by a packet filter: the time of the slowest plus 1 s, and less
#    than 60 MB of memory.
set -euo pipefail
homing=$(realpath "${1:?the program to measure}")
work=$(mktemp -d)
id=hmct$$
started=()
finish() {
    for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
    for name in a b; do ip netns del "$id$name" 2>/dev/null || true; done
    rm -rf "$work"
}
trap finish EXIT
begin() { "$@" >/dev/null 2>&1 & started+=($!); }
echo "load: $(cut -d' ' -f1-3 /proc/loadavg); $(uname -sr); $(nproc) CPUs"

cat >"$work/forward.py" <<'PY'
"""Two TUN devices, each in a namespace of its own; what one takes in leaves by the other after a delay."""
import fcntl, heapq, os, select, struct, subprocess, sys, time
delay, names = float(sys.argv[1]), sys.argv[2:4]
ends = []
for name in names:
    end = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(end, 0x400454CA, struct.pack("16sH", name.encode(), 0x0001 | 0x1000))
    subprocess.run(["ip", "link", "set", name, "netns", name], check=True)
    ends.append(end)
waiting, count = [], 0
open(sys.argv[4], "w").close()
while True:
    wait = None if not waiting else max(0.0, waiting[0][0] - time.monotonic())
    ready, _, _ = select.select(ends, [], [], wait)
    for end in ready:
        packet = os.read(end, 65536)
        count += 1
        heapq.heappush(waiting, (time.monotonic() + delay, count, ends[1 - ends.index(end)], packet))
    while waiting and waiting[0][0] <= time.monotonic():
        _, _, end, packet = heapq.heappop(waiting)
        os.write(end, packet)
PY

cat >"$work/judge.py" <<'PY'
"""Reported times (JSON) against a capture: from each SYN to the ACK that ends its handshake."""
import json, re, statistics, subprocess, sys
document, capture, wanted, within = sys.argv[1], sys.argv[2], sys.argv[3], float(sys.argv[4])
results = json.load(open(document))["results"]
made = sum(result["tries"]["made"] for result in results)
reported = statistics.median(result["tries"]["median_ms"] for result in results)
lines = subprocess.run(["tcpdump", "-r", capture, "-nn", "-tt", "-S", "--nano"], capture_output=True, text=True).stdout
syn, times, expects = {}, [], {}
for line in lines.splitlines():
    found = re.match(r"(\d+\.\d+) IP (\S+) > (\S+): Flags \[([^]]+)\].*", line)
    if not found:
        continue
    time, source, target, flags = float(found[1]), found[2], found[3], found[4]
    if flags == "S":
        syn[source] = time
    elif flags == "." and source in syn:
        times.append((time - syn.pop(source)) * 1000)
captured = statistics.median(times)
print(f"  {made} tries; reported {reported:.3f} ms, captured {captured:.3f} ms ({len(times)} handshakes): "
      f"{reported - captured:+.3f} ms")
off = abs(reported - (captured if wanted == "capture" else float(wanted)))
if wanted != "capture":
    print(f"  put in: {float(wanted):.3f} ms: {reported - float(wanted):+.3f} ms")
if made != len(times) or off > within:
    sys.exit(f"  NOT within {within} ms, or handshakes are missing")
print(f"  within {within} ms")
PY

echo "1. loopback"
begin "$homing" listen --tcp 127.0.0.1:17001 --first 1h
begin tcpdump -i lo -nn --nano -w "$work/lo.pcap" --immediate-mode tcp port 17001
sleep 1.5
"$homing" probe 127.0.0.1:17001/tcp --tries 200 --spacing 20ms --hold 5ms --format json >"$work/lo.json"
sleep 1
kill "${started[1]}"; sleep 0.5
python3 "$work/judge.py" "$work/lo.json" "$work/lo.pcap" capture 0.2

echo "2. 50 ms put in"
for name in a b; do ip netns add "$id$name"; ip -n "$id$name" link set lo up; done
begin python3 "$work/forward.py" 0.025 "${id}a" "${id}b" "$work/ready"
for _ in $(seq 50); do [ -e "$work/ready" ] && break; sleep 0.1; done
for side in "a 10.232.0.1 10.232.0.2" "b 10.232.0.2 10.232.0.1"; do
    read -r name own other <<<"$side"
    ip -n "$id$name" addr add "$own" peer "$other" dev "$id$name"
    ip -n "$id$name" link set "$id$name" up
done
begin ip netns exec "${id}b" "$homing" listen --tcp 10.232.0.2:17001 --tcp 10.232.0.2:17002 --tcp 10.232.0.2:17003 \
    --tcp 10.232.0.2:17004 --tcp 10.232.0.2:17005 --first 1h
begin ip netns exec "${id}a" tcpdump -i "${id}a" -nn --nano -w "$work/tun.pcap" --immediate-mode tcp
sleep 1.5
ip netns exec "${id}a" "$homing" probe 10.232.0.2:1700{1,2,3,4,5}/tcp --tries 40 --hold 5ms --format json \
    >"$work/tun.json"
sleep 1
kill "${started[-1]}"; sleep 0.5
python3 "$work/judge.py" "$work/tun.json" "$work/tun.pcap" 50 1

echo "3. 1,000 endpoints"
ip netns exec "${id}b" nft -f - <<'NFT'
table inet lossy {
    chain c {
        type filter hook input priority 0;
        ip daddr 127.9.0.0/16 drop
    }
}
NFT
begin ip netns exec "${id}b" "$homing" listen --tcp 0.0.0.0:17009 --first 1h
sleep 1
for n in $(seq 0 899); do echo "127.1.$((n / 250)).$((n % 250 + 1)):17009/tcp"; done >"$work/endpoints"
for n in $(seq 1 100); do echo "127.9.0.$n:17009/tcp"; done >>"$work/endpoints"
cat >"$work/run.py" <<'PY'
import json, resource, subprocess, sys, time
began = time.monotonic()
run = subprocess.run([sys.argv[1], "probe", "--file", sys.argv[2], "--format", "json"], capture_output=True, text=True)
took = time.monotonic() - began
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
results = json.loads(run.stdout)["results"]
verdicts = {}
for result in results:
    verdicts[result["verdict"]] = verdicts.get(result["verdict"], 0) + 1
print(f"  {len(results)} results {verdicts} in {took:.2f} s; peak {peak:.1f} MB (the slowest alone: 5 s)")
if verdicts != {"open": 900, "filtered": 100} or took > 6 or peak > 60:
    sys.exit("  NOT in the time of the slowest plus 1 s, or above 60 MB")
PY
ip netns exec "${id}b" python3 "$work/run.py" "$homing" "$work/endpoints"
echo "load: $(cut -d' ' -f1-3 /proc/loadavg)"
