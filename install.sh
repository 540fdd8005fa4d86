#!/bin/sh
# Lays an image root out for toolbox: install.sh [-f] ROOT
#
# Puts into ROOT what an image needs to boot with toolbox:
#   /usr/bin/toolbox, and beside it a link for every applet
#   /command/APPLET, /init and /bin/execlineb, links too
#   the configuration directories of the container init, empty
#
# The program is the file toolbox beside this script, or in bin/ there. It is
# asked for the names of its applets, so it must run on this machine.
#
# Links in ROOT mean what they will mean inside the image: an absolute one
# starts at ROOT, and ".." does not lead out of it. Nothing outside ROOT is
# ever written. What is there already stays, so a second run changes nothing;
# an older program and links of ours are brought up to date. A file in the way
# is reported and makes the exit code 1, unless -f replaces it. A directory in
# the way is never replaced.
#
# Exit codes: 0 done; 1 something was in the way; 100 wrong usage; 111 failed.

set -uf
LC_ALL=C
export LC_ALL
umask 022

newline='
'

fatal() {
	code=$1
	shift
	printf 'install.sh: fatal: %s\n' "$*" >&2
	exit "$code"
}

in_the_way() {
	printf 'install.sh: warning: %s is in the way: %s\n' "$1" "$2" >&2
	status=1
}

# resolve PATH: sets $resolved to PATH inside the image, without links, dots
# and the slash in front. What does not exist is taken as it is written.
resolve() {
	resolved=
	todo=$1
	links=0
	while [ -n "$todo" ]; do
		part=${todo%%/*}
		case $todo in
		*/*) todo=${todo#*/} ;;
		*) todo= ;;
		esac
		case $part in
		'' | .) continue ;;
		..)
			case $resolved in
			*/*) resolved=${resolved%/*} ;;
			*) resolved= ;;
			esac
			continue
			;;
		esac
		step=${resolved:+$resolved/}$part
		if [ -L "$root/$step" ]; then
			links=$((links + 1))
			if [ "$links" -gt 40 ]; then
				# A loop leads nowhere: the last link stands for itself.
				resolved=$step
				return
			fi
			# The dot keeps newlines at the end of the target.
			target=$(readlink "$root/$step" && printf .) || fatal 111 "unable to read the link $root/$step"
			target=${target%.}
			target=${target%"$newline"}
			case $target in
			/*) resolved= ;;
			esac
			todo=$target/$todo
		else
			resolved=$step
		fi
	done
}

# directory PATH: makes it where the image will look for it, and sets
# $resolved. Fails if something else is there.
directory() {
	resolve "$1"
	made=
	left=$resolved
	while [ -n "$left" ]; do
		made=${made:+$made/}${left%%/*}
		case $left in
		*/*) left=${left#*/} ;;
		*) left= ;;
		esac
		if [ -L "$root/$made" ] || [ ! -d "$root/$made" ]; then
			if [ -e "$root/$made" ] || [ -L "$root/$made" ]; then
				in_the_way "$root/$made" "it should be a directory"
				return 1
			fi
			mkdir "$root/$made" || fatal 111 "unable to make the directory $root/$made"
		fi
	done
}

# ours NAME: is it a link that leads to a file called toolbox? Sets $resolved.
ours() {
	[ -L "$root/$1" ] || return 1
	resolve "$1"
	case /$resolved in
	*/toolbox) [ -f "$root/$resolved" ] && [ ! -L "$root/$resolved" ] ;;
	*) return 1 ;;
	esac
}

# make_room NAME: removes what is in the way of a new file, if that may be.
# NAME, here and below, is a path without links in its directory.
make_room() {
	if [ ! -L "$root/$1" ]; then
		[ -e "$root/$1" ] || return 0
		if [ -d "$root/$1" ]; then
			in_the_way "$root/$1" "it is a directory"
			return 1
		fi
	fi
	if [ -z "$force" ] && ! ours "$1"; then
		in_the_way "$root/$1" "-f would replace it"
		return 1
	fi
	rm -f "$root/$1" || fatal 111 "unable to remove $root/$1"
}

# program NAME: puts the program there. It gets its name when it is complete.
program() {
	if [ -f "$root/$1" ] && [ ! -L "$root/$1" ]; then
		if [ -x "$root/$1" ] && cmp -s "$binary" "$root/$1"; then
			return 0
		fi
	else
		make_room "$1" || return 1
	fi
	rm -f "$root/$1:new" &&
		cp "$binary" "$root/$1:new" &&
		chmod 755 "$root/$1:new" &&
		mv -f "$root/$1:new" "$root/$1" || fatal 111 "unable to install $root/$1"
}

# link NAME: makes it a link to the program, by a relative path, so that it is
# good from outside of the image too.
link() {
	if [ "${1%/*}" = "${toolbox%/*}" ]; then
		to=toolbox
	else
		to=$toolbox
		left=$1
		while [ "$left" != "${left#*/}" ]; do
			to=../$to
			left=${left#*/}
		done
	fi
	if ours "$1" && [ "$resolved" = "$toolbox" ]; then
		return
	fi
	make_room "$1" || return 0
	ln -s "$to" "$root/$1" || fatal 111 "unable to link $root/$1"
}

# line PATH TEXT: makes a file of one line, unless there is a file.
line() {
	resolve "$1"
	[ ! -f "$root/$resolved" ] || return 0
	directory "${1%/*}" || return 0
	name=${resolved:+$resolved/}${1##*/}
	make_room "$name" || return 0
	printf '%s\n' "$2" >"$root/$name" || fatal 111 "unable to write $root/$name"
}

# has APPLET: is there such an applet?
has() {
	case $newline$applets$newline in
	*"$newline$1$newline"*) ;;
	*) return 1 ;;
	esac
}

force=
status=0
if [ "${1-}" = -f ]; then
	force=yes
	shift
fi
case ${1-} in
--) shift ;;
-*) set -- ;;
esac
if [ $# -ne 1 ] || [ -z "$1" ]; then
	printf 'install.sh: usage: install.sh [ -f ] ROOT\n' >&2
	exit 100
fi
case $1 in
/*) root=$1 ;;
*) root=./$1 ;; # not an option of cd, and CDPATH does not count
esac
[ -d "$root" ] || fatal 111 "no such directory: $1"
root=$(cd "$root" && pwd -P && printf .) || fatal 111 "unable to enter $1"
root=${root%"$newline".}
root=${root%/} # nothing is left of the root directory, and that is right

case $0 in
*/*) here=${0%/*} ;;
*) here=. ;;
esac
case $here in
-*) here=./$here ;;
esac
binary=$here/toolbox
[ -f "$binary" ] || binary=$here/bin/toolbox
[ -f "$binary" ] || fatal 111 "there is no program: neither $here/toolbox nor $here/bin/toolbox"
# Some shells read what they cannot execute as a script; nobody wants to see that.
applets=$("$binary" --list 2>/dev/null)
code=$?
case $code$applets in
0?*) ;;
*) fatal 111 "$binary does not run on this machine (exit code $code): it is needed here for its list of applets" ;;
esac

directory usr/bin || exit 1
bin=${resolved:+$resolved/}
toolbox=${bin}toolbox
program "$toolbox" || exit 1 # links to something else are worse than none
for applet in $applets; do
	link "$bin$applet"
done
if directory command; then
	dir=${resolved:+$resolved/}
	for applet in $applets; do
		link "$dir$applet"
	done
fi
if has execlineb && directory bin; then
	link "${resolved:+$resolved/}execlineb"
fi
if has init; then
	link init
fi

for dir in \
	etc/cont-init.d etc/cont-finish.d etc/services.d etc/fix-attrs.d \
	etc/s6-overlay/s6-rc.d \
	etc/s6-overlay/user-bundles.d/user/contents.d \
	etc/s6-overlay/user-bundles.d/user2/contents.d; do
	directory "$dir"
done
line etc/s6-overlay/user-bundles.d/user/type bundle
line etc/s6-overlay/user-bundles.d/user2/type bundle

exit "$status"
