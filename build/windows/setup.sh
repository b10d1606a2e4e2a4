# shellcheck shell=bash
# Windows without a Windows: Wine, and .NET, Go and Node for Windows. They lie outside of the checkout, for all checkouts.
: "${root:?the file that sources this one sets it}" "${windows_debian:?}" "${windows_node:?}" "${windows_npm:?}"
# shellcheck source=build/apt.sh
. "$root/build/apt.sh"
# shellcheck source=build/windows/enter.sh
. "$root/build/windows/enter.sh"
windows_cache=${XDG_CACHE_HOME:-$HOME/.cache}/omniview-plugin-sdk/windows
windows_left_out=77 # the exit code of what can't be done on this machine, as automake has it

# Where a part is, or will be: the versions of what is in it name the folder, and how it is made.
windows_part() {
  local recipe=1
  case $1 in
    wine) echo "$windows_cache/wine-$windows_debian-$recipe" ;;
    go) echo "$windows_cache/$(GOTOOLCHAIN=local "$(tool_path go)" env GOVERSION | sed "s/^go/go-/")-$recipe" ;;
    node) echo "$windows_cache/node-$windows_node-npm-$windows_npm-$recipe" ;;
    dotnet) echo "$windows_cache/dotnet-$(cd "$root" && dotnet --version)-$recipe" ;;
  esac
}

# The folders of all parts, with ':' between; non-zero when one is missing.
windows_parts() {
  local part folder all=''
  for part in wine dotnet go node; do
    folder=$(windows_part "$part") && [[ -d $folder ]] || return
    all+=${all:+:}$folder
  done
  echo "$all"
}

# Why this machine can't have it; nothing when it can.
windows_hindrance() {
  if [[ $(uname -sm) != 'Linux x86_64' ]]; then
    echo "it needs Linux on x64, and this is $(uname -sm)"
  elif ! apt_usable; then
    echo 'Wine comes from Debian, and this machine has no apt'
  elif ! windows_unshare true 2>/dev/null; then
    echo 'this user may make no namespaces to run Wine in'
  fi
}

# Makes what is missing. Whole or not at all, as in get_all, and ends with windows_left_out when that can't be.
windows_setup() {
  local hindrance
  windows_parts >/dev/null && return
  hindrance=$(windows_hindrance)
  if [[ -z $hindrance ]]; then
    windows_make_all && return
    hindrance='a part could not be made, see above'
  fi
  echo "build.sh: left out: Windows: $hindrance" >&2
  return "$windows_left_out"
}

windows_make_all() (
  mkdir -p "$windows_cache"
  exec 9> "$windows_cache/.lock"
  flock 9
  rm -rf "$windows_cache"/.make-* # left by a set-up that was killed: its mounts went with it
  work=''
  trap 'rm -rf "$work"' EXIT
  trap 'exit 130' INT TERM
  for part in wine dotnet go node; do
    folder=$(windows_part "$part")
    [[ ! -d $folder ]] || continue # another set-up was faster
    echo "build.sh: making $part for Windows ..." >&2
    work=$(mktemp -d "$windows_cache/.make-XXXXXX")
    if ! TMPDIR=$work "$root/build/windows/make.sh" "$part" "$work" > "$work/log" 2>&1 9>&-; then
      tail -n 15 "$work/log" | sed 's/^/    /' >&2
      exit 1
    fi
    mv "$work/out" "$folder"
    rm -rf "$work"
  done
)
