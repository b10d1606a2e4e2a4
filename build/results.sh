# shellcheck shell=bash
# Adds up the runs from their XML reports. While they run, xunit.v3's own output tells what failed and why, and what was
# skipped. None of its reporters adds projects up or knows the slowest tests, and a runner that was ended tells nothing.
# The elements read here stand on one line each, and the runner escapes the quotes in messages, so text inside a failure
# cannot be taken for them.

# $1 folder of <project>.xml (written by the runner) and <project>.exit (its exit code). $2 whether each project is to run a
# test. Ends with the one line others read.
summarize() {
  local exit_file name report run code ran before passed=0 failed=0 skipped=0
  for exit_file in "$1"/*.exit; do
    name=$(basename "$exit_file" .exit)
    report=$1/$name.xml
    code=$(<"$exit_file")
    before=$failed ran=0
    if run=$(grep -o '<assembly [^>]*>' "$report" 2>/dev/null); then
      ran=$(($(number passed "$run") + $(number failed "$run") + $(number skipped "$run")))
      passed=$((passed + $(number passed "$run")))
      failed=$((failed + $(number failed "$run") + $(number errors "$run")))
      skipped=$((skipped + $(number skipped "$run")))
      printf '\n%s: %s passed, %s failed, %s skipped in %s s\n' "$name" "$(number passed "$run")" \
        "$(number failed "$run")" "$(number skipped "$run")" "$(number time "$run")"
      list_tests "$report"
      [[ $name != *' as Windows' ]] || list_left_out "$report"
    fi
    if ((code != 0 && failed == before)); then
      echo "  failed: the runner ended with exit code $code, see above"
      failed=$((failed + 1))
    elif ((ran == 0)) && [[ -z $run || $2 == yes ]]; then
      echo "  failed: $name ran no test"
      failed=$((failed + 1))
    fi
  done
  printf '\n%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
  ((failed == 0 && passed > 0))
}

# $1 attribute, $2 element
number() { [[ $2 =~ \ $1=\"([0-9]+) ]] && echo "${BASH_REMATCH[1]}"; }

# $1 report. Which tests failed, and the ten that took longest, in seconds.
list_tests() {
  { grep -oE '<test [^>]*>' "$1" || true; } |
    sed -nE 's/.* name="([^"]*)" result="([A-Za-z]*)" time="([0-9.]+)".*/\3 \2 \1/p' | sort -rn |
    awk '{ name = substr($0, length($1) + length($2) + 3) }
      $2 == "Fail" { print "  failed: " name }
      NR <= 10 { slowest = slowest sprintf("  %6.1f s %s\n", $1, name) }
      END { printf "%s", slowest }' |
    sed 's/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&amp;/\&/g; s/\\"/"/g'
}

# $1 report. How many tests were skipped for which reason.
list_left_out() {
  { grep -oE '<reason><!\[CDATA\[[^]]*' "$1" || true; } | sed 's/^.*CDATA\[//' | sort | uniq -c | sort -rn |
    sed -E 's/^ *([0-9]+) /  left out: \1: /'
}
