#!/bin/sh
# Boots the image of examples/hello as a container and shows what the pieces
# do, from the first page to the exit code. `make demo` runs it.
#
# Needs go, sh and its usual tools, and root or user namespaces. Anything that
# does not hold ends it with 1; 125 means that no container can be started.
set -eu

project=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
root=$work/root
run=

step() { printf '\n== %s\n' "$*"; }
show() { sed 's/^/   /'; }
fail() {
	printf '\ndemo: fatal: %s\n' "$*" >&2
	[ ! -s "$work/console" ] || { echo "The container said:" >&2; show <"$work/console" >&2; }
	exit 1
}
leave() {
	code=$?
	trap - EXIT
	[ -z "$run" ] || kill -KILL "$run" 2>/dev/null || :
	rm -rf "$work"
	exit "$code"
}
trap leave EXIT
trap 'exit 1' HUP INT TERM
# eventually WHAT COMMAND...: waits until the command succeeds.
eventually() {
	what=$1
	shift
	tries=0
	until "$@"; do
		kill -0 "$run" 2>/dev/null || fail "the container ended before $what"
		tries=$((tries + 1))
		[ "$tries" -lt 15 ] || fail "$what: waited in vain"
		sleep 1
	done
}

step "the image: install.sh, the files of rootfs, and the program they serve"
mkdir -p "$root/srv" "$root/var/log"
(cd "$project" && CGO_ENABLED=0 go build -trimpath -o "$root/usr/bin/hello" ./examples/hello)
cp -R "$project/examples/hello/rootfs/." "$root"
"$project/install.sh" "$root"
(cd "$root" && find etc -type f) | sort | show

step "boot: toolbox run -e GREETING=... -e API_KEY=... ROOT"
"$project/bin/toolbox" run -e GREETING='Hello from process 1' -e API_KEY=hush "$root" >"$work/console" 2>&1 &
run=$!
page() { "$root/usr/bin/hello" get -wait 1s "$root/srv/http.sock" >"$work/page" 2>"$work/error"; }
tries=0
until page; do
	if ! kill -0 "$run" 2>/dev/null; then
		code=0
		wait "$run" || code=$?
		run=
		show <"$work/console"
		[ "$code" != 125 ] || exit 125
		fail "the container ended with $code"
	fi
	tries=$((tries + 1))
	[ "$tries" -lt 15 ] || fail "no page: $(cat "$work/error")"
done
show <"$work/console"

step "the page, made by a cont-init.d script from the container's environment"
show <"$work/page"
[ "$(cat "$work/page")" = '<h1>Hello from process 1</h1>' ] || fail "that is not the page"

# What the container sees, from outside: the root of its process 1.
read -r init <"/proc/$run/task/$run/children" || [ -n "$init" ] || fail "unable to find process 1 of the container"
init=${init%% *}
inside=/proc/$init/root
service=$inside/run/service/hello
pid() { "$root/usr/bin/s6-svstat" -o pid "$service"; }

step "s6-svstat of the service and of its logger"
"$root/usr/bin/s6-svstat" "$service" | show
"$root/usr/bin/s6-svstat" "$service/log" | show
first=$(pid)

step "the secret: kept for with-contenv, absent from the service's environment"
printf 'API_KEY is %s in /run/s6/container_environment\n' "$(cat "$inside/run/s6/container_environment/API_KEY")" | show
tr '\0' '\n' <"$inside/proc/$first/environ" >"$work/environ"
{ printf 'the environment of process %s: ' "$first"; cat "$work/environ"; } | show
grep -q '^PATH=' "$work/environ" || fail "that is no environment"
! grep -q 'API_KEY\|hush' "$work/environ" || fail "the service sees the secret"

step "the log that s6-log keeps"
logged() { grep -q 'GET /' "$root/var/log/hello/current" 2>/dev/null; }
eventually "the log has the request" logged
show <"$root/var/log/hello/current"

step "kill the service: s6-svc -k; it comes back"
"$root/usr/bin/s6-svc" -k "$service"
replaced() { second=$(pid) && [ "$second" -gt 0 ] && [ "$second" != "$first" ]; }
eventually "the service is back" replaced
eventually "the page is back" page
"$root/usr/bin/s6-svstat" "$service" | show
show <"$work/page"

step "stop: SIGTERM"
lines=$(wc -l <"$work/console")
kill -TERM "$run"
code=0
wait "$run" || code=$?
run=
tail -n +$((lines + 1)) "$work/console" | show
echo "   exit code $code"
[ "$code" = 0 ] || fail "the exit code should be 0"
