# shellcheck shell=bash
# Adds up xunit.v3's XML reports. The elements read here stand on one line each, and the runner escapes the quotes in
# messages, so text inside a failure cannot be taken for them.

# $1 folder of <project>.xml (written by the runner) and <project>.exit (its exit code). Ends with the one line others read.
summarize() {
  local exit_file name element code errors before passed=0 failed=0 skipped=0
  echo
  for exit_file in "$1"/*.exit; do
    name=$(basename "$exit_file" .exit)
    code=$(<"$exit_file")
    before=$failed
    if element=$(grep -o '<assembly [^>]*>' "$1/$name.xml" 2>/dev/null); then
      errors=$(number errors "$element")
      passed=$((passed + $(number passed "$element")))
      failed=$((failed + $(number failed "$element") + errors))
      skipped=$((skipped + $(number skipped "$element")))
      list_tests "$1/$name.xml" Fail failed
      if [[ $name == *' as Windows' ]]; then list_left_out "$1/$name.xml"; else list_tests "$1/$name.xml" Skip skipped; fi
      list_tests "$1/$name.xml" NotRun 'not run (explicit)'
      list_slowest "$1/$name.xml"
      echo "$name: $(number passed "$element") passed, $(number failed "$element") failed, $(number skipped "$element") skipped in $(number time "$element") s"
      ((errors == 0)) || echo "failed: $name: $errors error(s) outside of a test, see above"
    fi
    # A runner that crashed, was ended by a test, or refused its arguments must not pass for a green one.
    if [[ -z $element ]] || ((code != 0 && failed == before)); then
      echo "failed: $name: the runner ended with exit code $code, see above"
      failed=$((failed + 1))
    fi
  done
  ((passed + failed > 0)) || echo "no test ran"
  echo "$passed passed, $failed failed, $skipped skipped"
  ((failed == 0 && passed > 0))
}

# $1 attribute, $2 element
number() { [[ $2 =~ \ $1=\"([0-9]+) ]] && echo "${BASH_REMATCH[1]}"; }

# $1 report, $2 xunit's word for the result, $3 ours. One line per test, with the reason where there is one.
list_tests() {
  { grep -oE "<test [^>]* result=\"$2\"[^>]*>(<reason><!\[CDATA\[[^]]*)?" "$1" || true; } |
    sed -E "s/.* name=\"([^\"]*)\"[^>]*>(<reason><!\[CDATA\[(.*))?/$3: \1: \3/; s/: \$//" | unescape
}

# $1 report. How many tests were skipped for which reason.
list_left_out() {
  { grep -oE '<reason><!\[CDATA\[[^]]*' "$1" || true; } | sed 's/^.*CDATA\[//' | sort | uniq -c | sort -rn | sed -E 's/^ *([0-9]+) /left out: \1: /'
}

unescape() { sed 's/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&amp;/\&/g; s/\\"/"/g'; }

# $1 report. The ten tests that took longest, in seconds.
list_slowest() {
  { grep -oE '<test [^>]*>' "$1" || true; } |
    sed -nE 's/.* name="([^"]*)".* time="([0-9]+\.[0-9])[0-9]*".*/\2 \1/p' | sort -rn | awk 'NR <= 10 { printf "slowest: %6.1f s %s\n", $1, substr($0, length($1) + 2) }' | unescape
}
