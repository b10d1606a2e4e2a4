# shellcheck shell=bash
# Running the suites as Windows.
: "${root:?the file that sources this one sets it}"
windows_suites=(Omniview.Plugin.Core.Tests)

# windows_test <folder for the reports> [all] [arguments of the runner]. Without `all` the tests that Wine makes slow are left out.
# What was built for this system runs there as it is: it is IL.
windows_test() {
  local results=$1 name code folder parts short=(-trait- Windows=slow)
  shift
  if [[ ${1:-} == all ]]; then
    short=()
    shift
  fi
  parts=$(windows_parts)
  for name in "${windows_suites[@]}"; do
    folder=$(mktemp -d)
    code=0
    dotnet artifacts/bin/Omniview.Plugin.TestWatchdog/release/Omniview.Plugin.TestWatchdog.dll "${OVP_TEST_SILENCE:-900}" 5400 \
      "$root/build/windows/dotnet.sh" "$folder" "$parts" "artifacts/bin/$name/release/$name.dll" -noLogo -noColor ${short[@]+"${short[@]}"} "$@" \
      -xml "artifacts/test-results/$name as Windows.xml" || code=$?
    rmdir "$folder"
    echo "$code" > "$results/$name as Windows.exit"
  done
}
