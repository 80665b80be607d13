#!/usr/bin/env bash
# Installs the programs of others that send and receive through the lab (tests/strangers.rs): gammu, gammu-smsd and
# smstools from Debian, python-gsmmodem-new into a virtual environment.
# Usage: tests/strangers/install.sh [FOLDER]; the folder of the environment is target/strangers when none is given.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder="${1:-target/strangers}"
version=0.13.0

as_root=()
if [ "$(id -u)" != 0 ]; then as_root=(sudo); fi

missing=()
command -v gammu >/dev/null || missing+=(gammu)
command -v gammu-smsd >/dev/null || missing+=(gammu-smsd)
command -v smsd >/dev/null || missing+=(smstools)
if [ "${#missing[@]}" -gt 0 ]; then
  # A service that Debian would start at once has no modem here.
  quietly=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1)
  "${quietly[@]}" apt-get update -q >/dev/null
  "${quietly[@]}" apt-get install -qy --no-install-recommends "${missing[@]}" >/dev/null
fi

if ! "$folder/bin/python" -c 'import gsmmodem' 2>/dev/null; then
  python3 -m venv "$folder"
  "$folder/bin/pip" install --quiet --disable-pip-version-check "python-gsmmodem-new==$version"
fi

echo "gammu $(gammu --version | grep -m 1 -o '[0-9]\+\.[0-9.]*[0-9]')"
echo "smstools $(smsd -V 2>&1 | grep -m 1 -o '[0-9]\+\.[0-9.]*[0-9]')"
echo "python-gsmmodem-new $version"
