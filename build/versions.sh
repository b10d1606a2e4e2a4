# shellcheck shell=bash
# shellcheck disable=SC2034 # read by the scripts that source this
go_minimum=1.25
pnpm_version=10.34.9 # pnpm 11 and later need Node 22

# $1 is a version such as 1.27 or 1.27.4
at_least_go() { [[ $1 =~ ^1\.([0-9]+) ]] && ((BASH_REMATCH[1] >= ${go_minimum#1.})); }
