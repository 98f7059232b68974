#!/usr/bin/env bash
# Makes sure that Debian packages are installed: `ensure-packages.sh chromium nats-server`.
# Installs what is missing as root or with password-free sudo; otherwise says what to install and stops.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

command -v dpkg-query >/dev/null || die "This machine is not Debian or a child of it." \
    "The scripts install packages with apt; here, please provide: $*"

missing=()
for package in "$@"; do
    status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [[ $status == installed ]] || missing+=("$package")
done
((${#missing[@]})) || exit 0

as_root=()
if ((EUID != 0)); then
    sudo -n true 2>/dev/null || die "These Debian packages are missing: ${missing[*]}" \
        "Install them, then run this again:" \
        "    sudo apt-get install --no-install-recommends ${missing[*]}"
    as_root=(sudo -n)
fi

say "Installing Debian packages: ${missing[*]}"
# A machine's own updater may hold apt for a while; five minutes is patience enough.
apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300)
"${apt[@]}" update >&2
"${apt[@]}" install --no-install-recommends "${missing[@]}" >&2
