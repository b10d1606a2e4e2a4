#!/usr/bin/env bash
# The first process of the namespaces that build/windows/enter.sh makes: with its end all others in them end.
set -euo pipefail
tree=$1
folder=$2
shift 2
: "${windows_lent?}" "${windows_parts?}" "${windows_in?}" "${windows_written?}"
mount --make-rprivate /
mount -t tmpfs none "$folder"
mkdir "$folder"/{written,scratch,root}
mount -t overlay overlay -o "lowerdir=$tree,upperdir=$folder/written,workdir=$folder/scratch" "$folder/root"
in=$folder/root

# $1 a folder, $2 where it is seen
lend() {
  mkdir -p "$in$2"
  mount --bind "$1" "$in$2"
}

mount -t proc proc "$in/proc"
mkdir -p "$in/sys"
mount --rbind /sys "$in/sys"
mount --rbind /dev "$in/dev"
mount -t tmpfs none "$in/tmp"
[[ -z $windows_written ]] || lend "$windows_written" /prefix
IFS=: read -ra lent <<< "$windows_lent"
for part in ${lent[@]+"${lent[@]}"}; do lend "$part" "$part"; done
IFS=: read -ra parts <<< "$windows_parts"
path=''
for part in ${parts[@]+"${parts[@]}"}; do
  name=${part##*/}
  lend "$part" "/w/${name%%-*}"
  mount -o remount,bind,ro "$in/w/${name%%-*}"
  path+="Z:\\w\\${name%%-*};"
  [[ ! -d $part/bin ]] || path+="Z:\\w\\${name%%-*}\\bin;"
  if [[ -d $part/cache ]]; then # Go's, which it writes in
    mkdir "$in/gocache" "$folder"/cache{,-scratch}
    mount -t overlay overlay -o "lowerdir=$part/cache,upperdir=$folder/cache,workdir=$folder/cache-scratch" "$in/gocache"
  fi
done

environment=(HOME=/root USER=root PATH=/usr/bin:/bin LANG=C.UTF-8 WINEPREFIX=/prefix WINELOADER=/usr/lib/wine/wine64 WINESERVER=/usr/lib/wine/wineserver64 "WINEDEBUG=${windows_debug:--all}" "WINEPATH=$path"
  WINEDLLOVERRIDES='winemenubuilder.exe,mshtml=' 'GOCACHE=Z:\gocache' GOTOOLCHAIN=local GOPROXY=off DOTNET_TieredPGO=0 DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1)
while IFS= read -r name; do environment+=("$name=${!name}"); done < <(compgen -e | grep -E '^OVP_' || true)
# The folder is changed from outside: in the tree there is no program but Wine.
# The network as it is outside.
for file in hosts resolv.conf; do [[ ! -r /etc/$file ]] || cp -L "/etc/$file" "$in/etc/"; done
if [[ -r ${NODE_EXTRA_CA_CERTS:-} ]]; then
  cp -L "$NODE_EXTRA_CA_CERTS" "$in/etc/certificates.pem"
  environment+=('NODE_EXTRA_CA_CERTS=Z:\etc\certificates.pem')
fi
code=0
env -i "${environment[@]}" "$(type -P unshare)" --root="$in" --wd="$windows_in" /usr/lib/wine/wine64 "$@" || code=$?
[[ -z $windows_written ]] || env -i "${environment[@]}" "$(type -P chroot)" "$in" /usr/lib/wine/wineserver64 -w # it writes the registry at its end
exit "$code"
