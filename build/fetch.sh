#!/usr/bin/env bash
# fetch.sh <go|pnpm|chromium|tmux|faketime|dlv|go-plugin> <work folder>: leaves the ready-to-run tool in <work folder>/out, or ends non-zero.
# A process of its own, so that `set -e` holds whoever calls it and its output can be shown when it fails.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=build/apt.sh
. "$here/apt.sh"
# shellcheck source=build/versions.sh
. "$here/versions.sh"
work=$2
out=$work/out

# Everything the named package needs beyond what dpkg says is installed, unpacked into $out.
unpack_with_dependencies() {
  apt_prepare "$work/apt"
  cp /var/lib/dpkg/status "$work/apt/status"
  # A broken third-party source is no reason to stop: the download below says whether what we need was found.
  apt_run "$work/apt" apt-get update || true
  apt_run "$work/apt" apt-get install --download-only --reinstall "$1"
  mkdir -p "$out"
  local deb
  for deb in "$work"/apt/cache/archives/*.deb; do dpkg-deb -x "$deb" "$out"; done
}

# Writes $out/launch, which starts the program $1 (relative to $out) with the libraries unpacked beside it.
write_launcher() {
  local program=$1 libraries='' folder
  while IFS= read -r folder; do
    libraries+=${libraries:+:}\$ORIGIN/$(realpath --relative-to="$out/$(dirname "$program")" "$folder")
  done < <(find "$out" -name 'lib*.so*' -printf '%h\n' | sort -u)
  cat > "$out/launch" <<SH
#!/bin/sh
# ld.so splits LD_LIBRARY_PATH at ':' and ';' and only then expands \$ORIGIN (the program's folder), so any path is safe.
here=\$(dirname -- "\$(readlink -f -- "\$0")")
export LD_LIBRARY_PATH='$libraries'
[ ! -e "\$here/fonts.conf" ] || export FONTCONFIG_FILE="\$here/fonts.conf"
exec "\$here/$program" "\$@"
SH
  chmod +x "$out/launch"
}

fetch_go() {
  local suite version
  for suite in bookworm-backports trixie trixie-backports forky sid; do
    rm -rf "$work/apt"
    apt_prepare "$work/apt" "$suite"
    apt_run "$work/apt" apt-get update || { echo "the mirror has no usable suite $suite"; continue; }
    while IFS= read -r version; do
      at_least_go "$version" || break
      if try_go "$version"; then return; fi
    done < <(apt_run "$work/apt" apt-cache pkgnames golang-1. | sed -nE 's/^golang-(1\.[0-9]+)-go$/\1/p' | sort -rV)
    echo "no Go >= $go_minimum in $suite"
  done
  return 1
}

# $1 is a minor version such as 1.27.
try_go() {
  local link links target
  rm -rf "$out" "$work/unpacked" "$work/debs" && mkdir "$work/debs" || return
  (cd "$work/debs" && apt_run "$work/apt" apt-get download "golang-$1-go" "golang-$1-src") || return
  for target in "$work"/debs/*.deb; do dpkg-deb -x "$target" "$work/unpacked" || return; done
  mv "$work/unpacked/usr/lib/go-$1" "$out" || return
  # Debian keeps what is the same on every architecture in usr/share, behind links.
  mapfile -t links < <(find "$out" -type l)
  for link in "${links[@]}"; do
    target=$work/unpacked/usr/share/go-$1/${link#"$out/"}
    rm "$link" && mv "$target" "$link" || return
  done
  rm -rf "$out/test"
  # Proof that compiler, linker and standard library fit this machine's C library and each other.
  mkdir -p "$work/hello" && printf 'package main\n\nfunc main() { println("ok") }\n' > "$work/hello/main.go"
  (cd "$work/hello" && env -u GOROOT GOFLAGS= GOTOOLCHAIN=local GOCACHE="$work/gocache" GO111MODULE=off "$out/bin/go" build -o hello main.go && ./hello)
}

fetch_pnpm() {
  mkdir -p "$out"
  npm install --prefix "$out" --cache "$work/npm" --no-save --no-package-lock --ignore-scripts --no-audit --no-fund --loglevel=error "pnpm@$pnpm_version"
  (cd "$work" && node "$out/node_modules/pnpm/bin/pnpm.cjs" --version | grep -Fx "$pnpm_version")
}

fetch_chromium() {
  unpack_with_dependencies chromium
  cat > "$out/fonts.conf" <<'XML'
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>/usr/share/fonts</dir>
  <dir prefix="relative">usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
XML
  write_launcher usr/lib/chromium/chromium
  mkdir "$work/home"
  HOME=$work/home XDG_CACHE_HOME=$work/home XDG_CONFIG_HOME=$work/home timeout -k 5 60 "$out/launch" --headless --no-sandbox --disable-gpu --disable-dev-shm-usage \
    --user-data-dir="$work/home/profile" --dump-dom 'data:text/html,<p>it works</p>' | grep -F '<p>it works</p>'
}

fetch_tmux() {
  unpack_with_dependencies tmux
  write_launcher usr/bin/tmux
  "$out/launch" -V
}

# A library that shows one program another time of day, which a test can set.
fetch_faketime() {
  unpack_with_dependencies libfaketime
  (cd "$out" && ln -s usr/lib/*/faketime/libfaketimeMT.so.1 libfaketime.so)
  # From within its folder: the loader takes a space in the path for the end of it.
  [[ $(cd "$out" && LD_PRELOAD=./libfaketime.so FAKETIME='2001-02-03 04:05:06' date +%Y) == 2001 ]]
}

# The newest first: Debian's Go may come from any suite, and only a Delve that is no older debugs what it builds.
fetch_dlv() {
  local suite
  for suite in sid forky trixie; do
    rm -rf "$work/apt" "$work/debs" "$work/unpacked" "$out"
    apt_prepare "$work/apt" "$suite"
    apt_run "$work/apt" apt-get update || { echo "the mirror has no usable suite $suite"; continue; }
    mkdir -p "$work/debs" "$out"
    (cd "$work/debs" && apt_run "$work/apt" apt-get download delve) || continue
    dpkg-deb -x "$work"/debs/delve_*.deb "$work/unpacked"
    mv "$work/unpacked/usr/bin/dlv" "$out/dlv"
    if dlv_fits "$out/dlv" "$(PATH=${tools:-$here/../.tools}/go/bin:$PATH type -P go)"; then return; fi
    echo "the Delve of $suite does not run here, or is older than the Go in use"
  done
  return 1
}

# hashicorp/go-plugin and what it imports, from Debian's source packages: tests build real plugins with it. Each module gets a
# go.mod of its own that asks for nothing, so a project can replace them all with folders and needs no module proxy.
fetch_go-plugin() {
  local module deb unpacked=$work/unpacked/usr/share/gocode/src
  apt_prepare "$work/apt"
  apt_run "$work/apt" apt-get update || true
  mkdir "$work/debs"
  (cd "$work/debs" && apt_run "$work/apt" apt-get download golang-github-hashicorp-{go-plugin,go-hclog,yamux}-dev golang-github-oklog-run-dev \
    golang-github-mitchellh-go-testing-interface-dev golang-github-fatih-color-dev golang-github-mattn-go-{colorable,isatty}-dev golang-google-{grpc,genproto,protobuf}-dev \
    golang-github-golang-protobuf-1-5-dev golang-golang-x-{net,text,sys}-dev)
  for deb in "$work"/debs/*.deb; do dpkg-deb -x "$deb" "$work/unpacked"; done
  mkdir -p "$out" "$work/probe"
  for module in github.com/{fatih/color,golang/protobuf,hashicorp/{go-hclog,go-plugin,yamux},mattn/go-{colorable,isatty},mitchellh/go-testing-interface,oklog/run} \
    golang.org/x/{net,sys,text} google.golang.org/{genproto,grpc,protobuf}; do
    mkdir -p "$out/${module%/*}"
    mv "$unpacked/$module" "$out/$module"
    find "$out/$module" \( -name go.mod -o -name go.sum -o -name vendor -o -name testdata -o -name '*_test.go' \) -prune -exec rm -rf {} +
    printf 'module %s\n\ngo 1.19\n' "$module" > "$out/$module/go.mod"
    printf 'require %s v0.0.0\nreplace %s => "%s"\n' "$module" "$module" "$out/$module" >> "$work/probe/go.mod"
    echo "$module" >> "$out/modules"
  done
  # Proof that it all fits together, and with the Go in use.
  printf '\nmodule probe\n\ngo 1.25\n' >> "$work/probe/go.mod"
  printf 'package main\n\nimport "github.com/hashicorp/go-plugin"\n\nfunc main() { println(plugin.CoreProtocolVersion) }\n' > "$work/probe/main.go"
  (cd "$work/probe" && PATH=$PATH:${tools:-$here/../.tools}/go/bin && GOFLAGS=-mod=mod GOTOOLCHAIN=local GOPROXY=off GOWORK=off go build -o probe . && ./probe)
}

if [[ $1 != pnpm ]] && ! apt_usable; then
  echo "this machine has no apt, and that is the only place build.sh fetches $1 from"
  exit 1
fi
"fetch_$1"
