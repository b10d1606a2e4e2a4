#!/usr/bin/env bash
# The one door to building, testing and trying this repository. Run it without a verb for help.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
results=artifacts/test-results
# for a test project: how long no test may begin or end (none has a limit of more than ten minutes), how long all may take
watchdog=(dotnet artifacts/bin/Omniview.Plugin.TestWatchdog/release/Omniview.Plugin.TestWatchdog.dll "${OVP_TEST_SILENCE:-900}" 5400)

die() { echo "build.sh: $*" >&2; exit 1; }
# shellcheck source=build/tools.sh
. "$root/build/tools.sh"
# shellcheck source=build/results.sh
. "$root/build/results.sh"
# shellcheck source=build/windows/setup.sh
. "$root/build/windows/setup.sh"
# shellcheck source=build/windows/test.sh
. "$root/build/windows/test.sh"

usage() {
  cat <<'TEXT'
usage: ./build.sh <verb>

  setup [all]    fetch the missing tools into .tools/: Go and pnpm; with all also what only the tests need: Chromium, tmux, libfaketime, Delve, sources of go-plugin
  setup windows  make what runs the tests as Windows, for all checkouts: Wine, and .NET, Go and Node for Windows (Linux on x64, with apt)
  env            print the lines that put those tools on PATH:  eval "$(./build.sh env)"
  pack           the packages (SDK, tool, templates) into artifacts/packages/, the dev host into artifacts/omniview-plugin-dev
  demo           run samples/plugin in the dev loop until Ctrl+C
  test [args]    build everything, run every test project; args go to each test runner, e.g. -class '*ManifestTests'
  test windows [all] [args]   run Core's tests as Windows; with all also those that Wine makes slow
  format         write every C# file as .editorconfig has it; `test` fails when one is not
  bench [args]   measure against the peers: all, or the scenarios named; --quick, --save, --help
TEXT
}

# Everything that runs dotnet: our tools on PATH, and nothing that outlives the run (build nodes, compiler and build servers).
prepare_dotnet() {
  repo=$root
  # MSBuild 18.9 splits an artifacts path or an imported SDK's at a ';', and NuGet decodes a '%20' in a project reference: dotnet
  # then goes through a link. Without it no project here can be built in such a folder, so no second set of paths gets mixed in.
  if [[ $root == *';'* || $root =~ %[0-9A-Fa-f]{2} ]]; then
    repo=${XDG_CACHE_HOME:-$HOME/.cache}/omniview-plugin-sdk/$(printf %s "$root" | cksum | tr ' ' -)
    mkdir -p "${repo%/*}"
    [[ $(readlink "$repo") == "$root" ]] || ln -sfn "$root" "$repo"
  fi
  eval "$(print_env)"
  export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
  export DOTNET_TieredPGO=0 # what is measured for a second compilation pays only in programs that run for minutes
  cd "$root"
}

pack() {
  local launcher=artifacts/omniview-plugin-dev system
  mkdir -p artifacts/packages
  # The version does not change between two packs, so every copy of the last one has to go.
  rm -rf artifacts/packages/Omniview.Plugin.*nupkg .tools/nuget/omniview.plugin.*
  # NuGet dates what it packs with this one: two packs of one commit are the same byte for byte.
  SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 315532800)}
  export SOURCE_DATE_EPOCH
  # Output folders as properties relative to the project: `-o` makes them absolute and MSBuild then splits them at a ';'.
  dotnet pack "$repo/src/Omniview.Plugin.Sdk" -c Release -warnaserror -p:PackageOutputPath=../../artifacts/packages/
  dotnet pack "$repo/src/Omniview.Plugin.Tool" -c Release -warnaserror -p:PackageOutputPath=../../artifacts/packages/
  dotnet pack "$repo/src/Omniview.Plugin.Templates" -c Release -warnaserror -p:PackageOutputPath=../../artifacts/packages/
  system=$(dotnet msbuild "$repo/src/Omniview.Plugin.Sdk" -getProperty:NETCoreSdkPortableRuntimeIdentifier)
  [[ -d artifacts/tools/$system ]] || system=any
  cat > "$launcher.new" <<SH
#!/bin/sh
exec dotnet "\$(dirname -- "\$(readlink -f -- "\$0")")/tools/$system/dev-host/omniview-plugin-dev.dll" "\$@"
SH
  chmod +x "$launcher.new"
  mv "$launcher.new" "$launcher"
}

# As a folder, in 8 s of processor time: the solution would be compiled for it. The style rules, and those that need types,
# are errors of the build; the order of usings is a test's (StayingReadable).
format() { dotnet format whitespace . --folder --include ./src/ ./tests/ ./bench/ "$@"; }

# The dev host's tests beside all others, one project after the other: alone, each has stretches that leave a processor idle.
run_tests() {
  local project name host='' others='' job
  rm -rf "$results"
  mkdir -p "$results"
  for project in tests/*/*.Tests.csproj; do
    name=$(basename "$project" .csproj)
    echo 125 > "$results/$name.exit" # until it has run: one that is never reached has failed
    if [[ $name == *.DevServer.Tests ]]; then host=$name; else others+=" $name"; fi
  done
  echo "running the tests; see them at work: tail -f $results/*.log"
  # "finish early", for the runners
  trap 'for job in $(jobs -p); do kill -INT -- "-$job" 2>/dev/null || true; done; wait; exit 130' INT TERM HUP
  set -m # in groups of their own: without, what runs in the background never gets Ctrl+C
  run_projects "$host" "$@" &
  run_projects "$others" "$@" &
  set +m
  wait
  echo 'left out: the tests as Windows, which ./build.sh test windows runs'
  summarize "$results" "$( (($# == 0)) && echo yes || echo no)" # with arguments a project may have no test to run
}

# $1 names of projects; the rest is for each runner. Prints what a runner says when it has ended, so that no two get mixed.
run_projects() {
  local names=$1 name assembly code log color=()
  shift
  [[ -t 1 ]] || color=(-noColor)
  for name in $names; do
    assembly=artifacts/bin/$name/release/$name.dll
    [[ -f $assembly ]] || die "$name was not built: is it in Omniview.Plugin.Sdk.slnx?"
    log=$results/$name.log
    trap 'cat "$log"; exit 130' INT # the next project must not start
    code=0
    "${watchdog[@]}" dotnet "$assembly" -noLogo ${color[@]+"${color[@]}"} "$@" -xml "$results/$name.xml" \
      < /dev/null > "$log" 2>&1 || code=$?
    echo "$code" > "$results/$name.exit"
    cat "$log"
  done
}

test_windows() {
  trap 'exit 130' INT
  rm -rf "$results"
  mkdir -p "$results"
  windows_test "$@"
  summarize "$results" no
}

verb=${1:-help}
(($# == 0)) || shift
case $verb in
  setup)
    need go pnpm
    case ${1:-} in
      all) need chromium tmux faketime go-plugin dlv ;;
      windows)
        prepare_dotnet
        windows_setup
        ;;
    esac
    ;;
  env) print_env ;;
  pack)
    need go pnpm
    prepare_dotnet
    pack
    ;;
  demo)
    need go pnpm
    prepare_dotnet
    pack
    cd samples/plugin
    export NUGET_PACKAGES=$repo/.tools/nuget # as samples/nuget.config has it, whatever the caller set
    exec dotnet run --project "$repo/samples/plugin" "$@" # in this process's place: Ctrl+C and TERM reach it directly
    ;;
  test)
    if [[ ${1:-} == windows ]]; then
      shift
      need go pnpm
      prepare_dotnet
      windows_setup
      dotnet build "$repo/tests/Omniview.Plugin.Core.Tests" -c Release -warnaserror
      test_windows "$@"
      exit
    fi
    need go pnpm chromium tmux faketime go-plugin dlv
    prepare_dotnet
    format --verify-no-changes || die "these files are formatted otherwise than .editorconfig says: ./build.sh format"
    dotnet build "$repo/Omniview.Plugin.Sdk.slnx" -c Release -warnaserror
    pack
    run_tests "$@"
    ;;
  format)
    need
    prepare_dotnet
    format
    ;;
  bench)
    need go pnpm go-plugin
    prepare_dotnet
    pack
    dotnet build "$repo/bench/Omniview.Plugin.Bench" -c Release -warnaserror
    exec dotnet artifacts/bin/Omniview.Plugin.Bench/release/Omniview.Plugin.Bench.dll "$@" # in this process's place: Ctrl+C and TERM reach it directly
    ;;
  help | -h | --help) usage ;;
  *)
    usage >&2
    die "there is no verb '$verb'"
    ;;
esac
