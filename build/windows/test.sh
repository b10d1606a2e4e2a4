# shellcheck shell=bash
# Running the suites as Windows.
: "${root:?the file that sources this one sets it}" "${results:?as root is}" "${watchdog[0]:?as root is}"
windows_suites=(Omniview.Plugin.Core.Tests)

# windows_test [all] [arguments of the runner]. Without `all` the tests that Wine makes slow are left out.
# What was built for this system runs there as it is: it is IL.
windows_test() {
  local name code folder parts short=(-trait- Windows=slow)
  if [[ ${1:-} == all ]]; then
    short=()
    shift
  fi
  parts=$(windows_parts)
  for name in "${windows_suites[@]}"; do
    folder=$(mktemp -d)
    code=0
    "${watchdog[@]}" "$root/build/windows/dotnet.sh" "$folder" "$parts" "artifacts/bin/$name/release/$name.dll" \
      -noLogo -noColor ${short[@]+"${short[@]}"} "$@" -xml "$results/$name as Windows.xml" || code=$?
    rmdir "$folder"
    echo "$code" > "$results/$name as Windows.exit"
  done
}
