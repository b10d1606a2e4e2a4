# shellcheck shell=bash
# shellcheck disable=SC2034 # read by the scripts that source this
go_minimum=1.25
pnpm_version=10.34.9 # pnpm 11 and later need Node 22
windows_debian=trixie # the first whose Wine is 10: .NET, Go and Node for Windows all run in it
windows_node=20
windows_npm=10

# $1 is a version such as 1.27 or 1.27.4
at_least_go() { [[ $1 =~ ^1\.([0-9]+) ]] && ((BASH_REMATCH[1] >= ${go_minimum#1.})); }

# Delve 1.N debugs what Go 1.N and earlier have built. $1 is a dlv, $2 a go. Without a folder for it dlv writes no configuration.
dlv_fits() {
  local debugger
  [[ $(XDG_CONFIG_HOME=/dev/null "$1" version 2>/dev/null) =~ Version:\ 1\.([0-9]+) ]] && debugger=${BASH_REMATCH[1]} &&
    [[ $(GOTOOLCHAIN=local "$2" version 2>/dev/null) =~ go1\.([0-9]+) ]] && ((debugger >= BASH_REMATCH[1]))
}
