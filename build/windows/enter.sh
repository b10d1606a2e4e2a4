# shellcheck shell=bash
# Starting a Windows program. It runs in namespaces of its own, so whatever becomes of it, no mount and no process of Wine is left
# once this returns, or its caller is killed. All that it writes, but for the folders it is lent, is in memory and gone with it.

# windows_run <root folder> <empty folder> <program> [arguments]
#   windows_lent     folders it sees at their own places and may write in, with ':' between
#   windows_parts    folders it sees as /w/<name up to the first '-'>, and may not
#   windows_in       the folder it starts in
#   windows_written  where to keep what is written in Windows' own folders
windows_run() {
  local inner
  inner=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/inner.sh
  windows_lent=${windows_lent:-} windows_parts=${windows_parts:-} windows_in=${windows_in:-/} windows_written=${windows_written:-} \
    windows_unshare bash "$inner" "$@"
}

# The program is the first process of its namespace: with its end all others in it end.
windows_unshare() {
  local user=()
  [[ $(id -u) == 0 ]] || user=(--user --map-root-user)
  unshare ${user[@]+"${user[@]}"} --mount --pid --fork --kill-child -- "$@"
}
