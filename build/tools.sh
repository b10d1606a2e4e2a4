# shellcheck shell=bash
# Where the tools are, and getting the missing ones. A tool on PATH wins over fetching.
: "${root:?the file that sources this one sets it}"
# shellcheck source=build/versions.sh
. "$root/build/versions.sh"
tools=$root/.tools

# The program that will be used, on stdout; non-zero when there is none.
tool_path() {
  local name
  case $1 in
    go)
      name=$(type -P go) && go_fits "$name" && { echo "$name"; return; }
      GOROOT='' go_fits "$tools/go/bin/go" && # a GOROOT set for another Go would break ours
        echo "$tools/go/bin/go" ;;
    pnpm)
      [[ -x $tools/bin/pnpm ]] && grep -qs "\"version\": \"$pnpm_version\"" "$tools/pnpm/node_modules/pnpm/package.json" && { echo "$tools/bin/pnpm"; return; }
      name=$(type -P pnpm) && [[ $("$name" --version 2>/dev/null </dev/null) == "${pnpm_version%%.*}."* ]] && echo "$name" ;;
    chromium)
      for name in "${OMNIVIEW_TEST_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
        [[ -n $name ]] && type -P "$name" && return
      done
      [[ -x $tools/bin/chromium ]] && echo "$tools/bin/chromium" ;;
    go-plugin)
      for name in "${OMNIVIEW_TEST_GO_PLUGIN:-}" "$tools/go-plugin"; do
        [[ -f $name/modules ]] && echo "$name" && return
      done
      return 1 ;;
    faketime)
      for name in "${OMNIVIEW_TEST_FAKETIME:-}" "$tools/faketime/libfaketime.so"; do
        [[ -f $name ]] && echo "$name" && return
      done
      return 1 ;;
    dlv)
      for name in "${OMNIVIEW_TEST_DLV:-}" "$(type -P dlv)" "$tools/dlv/dlv"; do
        [[ -n $name ]] && dlv_fits "$name" "$(tool_path go)" && echo "$name" && return
      done
      return 1 ;;
    *) type -P "$1" || { [[ -x $tools/bin/$1 ]] && echo "$tools/bin/$1"; } ;;
  esac
}

go_fits() {
  local version
  version=$(GOTOOLCHAIN=local "$1" version 2>/dev/null) && [[ $version =~ go(1\.[0-9]+) ]] && at_least_go "${BASH_REMATCH[1]}"
}

# Fetches those of the named tools that are missing.
need() {
  local tool missing=()
  for tool in dotnet node npm; do
    type -P "$tool" >/dev/null || die "$tool is not on PATH. Install the .NET SDK 10 and Node 20 or later first: build.sh fetches neither."
  done
  for tool; do tool_path "$tool" >/dev/null || missing+=("$tool"); done
  ((${#missing[@]} == 0)) || get_all "${missing[@]}"
}

# In a subshell, so that the lock ends with it: a dev loop started later must not inherit it.
get_all() (
  mkdir -p "$tools/bin"
  exec 9> "$tools/.lock"
  if type -P flock >/dev/null; then
    flock 9
    rm -rf "$tools"/.fetch-* # left by a set-up that was killed; under the lock none can be alive
  fi
  work=''
  trap 'rm -rf "$work"' EXIT
  trap 'exit 130' INT TERM
  for tool; do
    tool_path "$tool" >/dev/null && continue # another set-up was faster
    work=$(mktemp -d "$tools/.fetch-XXXXXX")
    get "$tool" "$work"
    rm -rf "$work"
  done
)

# $1 tool, $2 work folder. The finished folder is renamed into place, so a tool is there whole or not at all.
get() {
  echo "build.sh: fetching $1 ..." >&2
  if TMPDIR=$2 "$root/build/fetch.sh" "$1" "$2" > "$2/log" 2>&1 9>&-; then
    [[ ! -e $tools/$1 ]] || mv "$tools/$1" "$2/old"
    mv "$2/out" "$tools/$1"
    case $1 in
      pnpm) ln -sfn ../pnpm/node_modules/pnpm/bin/pnpm.cjs "$tools/bin/pnpm" ;;
      chromium | tmux) ln -sfn "../$1/launch" "$tools/bin/$1" ;;
    esac
    return
  fi
  tail -n 15 "$2/log" | sed 's/^/    /' >&2
  if [[ $1 == chromium || $1 == tmux ]] && type -P apt-get >/dev/null && [[ $(id -u) == 0 ]]; then
    echo "build.sh: that failed; installing $1 with apt-get instead" >&2
    { apt-get -qq update || true; } >&2
    if DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$1" >&2 && tool_path "$1" > /dev/null; then return; fi
  fi
  case $1 in
    go) die "Go $go_minimum or later could not be fetched (see above). Install it from your system or the Go website and put its bin folder on PATH." ;;
    pnpm) die "pnpm $pnpm_version could not be fetched from npm's registry (see above). Put a pnpm ${pnpm_version%%.*} on PATH." ;;
    chromium) die "Chromium could not be fetched (see above). Put chromium or google-chrome on PATH, or its path in OMNIVIEW_TEST_CHROMIUM." ;;
    dlv) die "A Delve for this Go could not be fetched (see above). Put a dlv on PATH, or its path in OMNIVIEW_TEST_DLV." ;;
    faketime) die "libfaketime could not be fetched (see above). Name its .so in OMNIVIEW_TEST_FAKETIME." ;;
    go-plugin) die "The sources of hashicorp/go-plugin could not be fetched (see above). Name a folder like the one build/fetch.sh makes in OMNIVIEW_TEST_GO_PLUGIN." ;;
    *) die "$1 could not be fetched (see above). Put it on PATH." ;;
  esac
}

# export lines for the tools that are there; nothing else.
print_env() {
  local tool program folder path=''
  for tool in go pnpm tmux; do
    if ! program=$(tool_path "$tool"); then
      [[ $tool == tmux ]] || echo "build.sh: no $tool yet: run ./build.sh setup" >&2
      continue
    fi
    folder=${program%/*}
    [[ $tool != go || -z ${GOROOT:-} || $folder != "$tools/go/bin" ]] || printf 'export GOROOT=%s\n' "$(quoted "$tools/go")"
    [[ ":$path:$PATH:" == *":$folder:"* ]] || path+=$folder:
  done
  # shellcheck disable=SC2016 # $PATH is for the shell that evaluates this
  [[ -z $path ]] || printf 'export PATH=%s"$PATH"\n' "$(quoted "$path")"
  if program=$(tool_path chromium); then printf 'export OMNIVIEW_TEST_CHROMIUM=%s\n' "$(quoted "$program")"; fi
  if program=$(tool_path faketime); then printf 'export OMNIVIEW_TEST_FAKETIME=%s\n' "$(quoted "$program")"; fi
  if program=$(tool_path dlv); then printf 'export OMNIVIEW_TEST_DLV=%s\n' "$(quoted "$program")"; fi
  if folder=$(tool_path go-plugin); then printf 'export OMNIVIEW_TEST_GO_PLUGIN=%s\n' "$(quoted "$folder")"; fi
  # No other toolchain and no module proxy behind the author's back: what builds here builds offline.
  printf 'export GOTOOLCHAIN=local\nexport GOPROXY=off\n'
}

quoted() { printf "'%s'" "${1//\'/\'\\\'\'}"; }
