#!/usr/bin/env bash
# dotnet.sh <empty folder> <parts> <assembly> [arguments]: runs an assembly of this checkout with .NET for Windows.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=build/windows/enter.sh
. "$here/enter.sh"
folder=$1
parts=$2
shift 2
export windows_in windows_lent windows_parts
windows_in=$(cd "$here/../.." && pwd -P)
windows_lent=$windows_in
[[ -z ${OVP_TEST_JOURNAL:-} ]] || windows_lent+=:${OVP_TEST_JOURNAL%/*}
windows_parts=${parts#*:}
windows_run "${parts%%:*}" "$folder" dotnet.exe "$@"
