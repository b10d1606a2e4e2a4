# shellcheck shell=bash
# A private apt: the machine's own mirrors, keys and proxies, but lists, cache and downloads in a folder of ours.
# apt does the verifying; nothing is installed and no root is needed.

apt_usable() { command -v apt-get >/dev/null && command -v apt-cache >/dev/null && command -v dpkg-deb >/dev/null; }

# The machine's stanzas for its own release, rewritten to another suite. Every other option (Signed-By, Trusted, a proxy
# mirror's URI) is kept, so this works wherever `apt-get update` works. $1 suite, $2 folder for the result.
apt_sources_for_suite() {
  local suite=$1 out=$2 own file
  # shellcheck disable=SC1091 # a file of the operating system
  own=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*; do
    [[ -r $file ]] || continue
    case $file in
      *.sources) awk -v own="$own" -v suite="$suite" '
          function flush(   i, n, names) {
            n = split(suites, names, " ")
            for (i = 1; i <= n; i++) if (names[i] == own || names[i] == "stable") { printf "%s", text "Suites: " suite "\nComponents: main\n\n"; break }
            text = suites = field = ""
          }
          /^#/ { next }
          /^[ \t]*$/ { flush(); next }
          /^[^ \t]/ { field = tolower($0); sub(/[ \t]*:.*/, "", field) }
          field == "suites" { line = $0; sub(/^[^ \t:]+[ \t]*:/, "", line); suites = suites " " line; next }
          field == "components" { next }
          { text = text $0 "\n" }
          END { flush() }' "$file" > "$out/${file##*/}" ;;
      *.list) sed -nE "s/^[[:space:]]*(deb([[:space:]]+\[[^]]*\])?[[:space:]]+[^[:space:]]+)[[:space:]]+($own|stable)[[:space:]].*/\1 $suite main/p" \
          "$file" > "$out/${file##*/}" ;;
    esac
  done
  find "$out" -type f -empty -delete
  [[ -n $(ls -A "$out") ]] || { echo "no line for the release '$own' in /etc/apt/sources.list or /etc/apt/sources.list.d" >&2; return 1; }
}

# Prepares $1 for apt_run. With a suite in $2 only that suite is seen, without it what the machine itself sees.
apt_prepare() {
  local root=$1 suite=${2:-}
  mkdir -p "$root"/{lists/partial,cache/archives/partial,sources}
  : > "$root/status"
  # The machine's hooks belong to its own apt: clearing them here keeps them from touching /var/cache or PackageKit.
  cat > "$root/apt.conf" <<'CONF'
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear DPkg;
CONF
  if [[ -n $suite ]]; then apt_sources_for_suite "$suite" "$root/sources"; fi
}

# apt_run <root> apt-get|apt-cache <arguments>
apt_run() {
  local root=$1 tool=$2
  shift 2
  local options=(-c "$root/apt.conf" -qq
    -o "Dir::State::lists=$root/lists" -o "Dir::Cache=$root/cache" -o Dir::Etc::preferences=/dev/null -o Dir::Etc::preferencesparts=/dev/null
    -o Acquire::Languages=none -o Acquire::Retries=2 -o Debug::NoLocking=1 -o APT::Get::Assume-Yes=1 -o APT::Install-Recommends=0
    -o "APT::Sandbox::User=$(id -un)") # the checkout may be unreadable for apt's own user
  [[ -z $(ls -A "$root/sources") ]] || options+=(-o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$root/sources")
  "$tool" "${options[@]}" "$@"
}
