# Stage zero: the far half of what stands between a shell and a worker (P19 of
# docs/protocol.md). The near side sends it inside a line that any shell hands to sh,
# without its comments and with each line's end as a tilde. So that those shells leave
# it as it is, there is no single quote, backslash or tilde in it, and no exclamation
# mark; for sh it is plain POSIX.
#
#   $1$2  the mark that stands before every answer; in two pieces, so that a shell
#         that echoes the line does not say it
#   $3    the hash of the worker that is wanted
#   $4    once, if nothing is to be left behind; else keep
#
# Names begin with z_, so that none is a variable that the worker would inherit.
z_mark=$1$2
z_want=$3
z_stay=$4
z_locale=${LC_ALL-}
z_localized=${LC_ALL+yes}
z_mask=$(umask)
LC_ALL=C
export LC_ALL
umask 077
z_uid=$(id -u)
z_system=$(uname -sm)
z_odd="[%+ $z_nl]"
z_faults=
z_dir=
z_made=
z_part=

# field NAME VALUE adds a field to the answer, escaped as in the query of a URL.
z_field() {
	z_fields="$z_fields $1="
	z_rest=$2
	while :; do
		case $z_rest in
		*$z_odd*)
			z_fields=$z_fields${z_rest%%$z_odd*}
			z_rest=${z_rest#"${z_rest%%$z_odd*}"}
			case $z_rest in
			%*) z_fields=$z_fields%25 ;;
			+*) z_fields=$z_fields%2B ;;
			" "*) z_fields=$z_fields+ ;;
			*) z_fields=$z_fields%0A ;;
			esac
			z_rest=${z_rest#?}
			;;
		*)
			z_fields=$z_fields$z_rest
			return
			;;
		esac
	done
}

# answer STATE [WORDS] tells the near side how things are.
z_answer() {
	z_fields=" state=$1"
	z_field os "${z_system%% *}"
	z_field arch "${z_system#* }"
	z_field tools "$z_tools"
	z_field place "$z_dir"
	z_field words "$2"
	printf "%s farside 1%s%s$z_nl" "$z_mark" "$z_fields" "$z_faults"
}

# tidy removes what is not to stay.
z_tidy() {
	[ -z "$z_part" ] || rm -f "$z_part" "$z_part.packed"
	[ -z "$z_made" ] || rm -rf "$z_made" 2>/dev/null
	z_part=
	z_made=
}

# place N: the folder for workers in the Nth place, or failure behind the last.
z_place() {
	z_own=farside-$z_uid
	case $1 in
	1)
		z_base=${XDG_CACHE_HOME:-${HOME:+$HOME/.cache}}
		z_own=farside/workers
		;;
	2) z_base=/var/tmp ;;
	3) z_base=/tmp ;;
	4) z_base=/dev/shm ;;
	5) z_base=${TMPDIR-} ;;
	6) z_base=$(pwd) ;;
	*) return 1 ;;
	esac
	z_dir=$z_base/$z_own
}

# private: the folder belongs to this user, and nobody else may write to it.
z_private() {
	set -- $(ls -ldn "$z_dir" 2>&1)
	case $1,$3 in
	drwx?-??-*,"$z_uid") ;;
	*)
		z_fault="it is not a folder to which only this user, $z_uid, may write: $1 of user $3"
		return 1
		;;
	esac
}

# home: the user of sudo may have the home of another, in which nothing is to be made.
z_home() {
	[ -z "${XDG_CACHE_HOME-}" ] || return 0
	set -- $(ls -ldn "$HOME" 2>&1)
	[ "$3" = "$z_uid" ] || [ "$1" = ls: ] || {
		z_fault="the home $HOME belongs to user $3, and this is user $z_uid"
		return 1
	}
}

# usable: programs can be written to the folder and run there. Else z_fault says why
# not.
z_usable() {
	z_fault="there is no such folder"
	case $z_base in
	/*) ;;
	*) return 1 ;;
	esac
	if [ "$z_stay" = once ]; then
		[ -d "$z_base" ] || return 1
		z_dir=$z_base/.farside-$z_mark
		z_made=$z_dir
	elif [ "$z_own" = farside/workers ]; then
		[ -d "$z_dir" ] || z_home || return 1
	elif [ -d "$z_base" ]; then
		:
	else
		return 1
	fi
	z_fault=$(mkdir -p "$z_dir" 2>&1) || return 1
	z_private || return 1
	z_part=$z_dir/zero-$z_mark.part
	z_fault=$({ printf "exit 42" >"$z_part" && chmod 700 "$z_part"; } 2>&1) || return 1
	# 127: where there is no /proc BusyBox does not find itself to run it, but what is no
	# script may run.
	z_fault=$("$z_part" 2>&1)
	case $? in
	42 | 127) ;;
	*)
		z_fault="programs do not run there: $z_fault"
		return 1
		;;
	esac
	rm -f "$z_part"
}

# seek goes on to the next place that will do.
z_seek() {
	while z_n=$((z_n + 1)) && z_place "$z_n"; do
		if z_usable; then
			z_answer ready
			return
		fi
		z_tidy
		z_fields=$z_faults
		z_field "fault$z_n" "$z_dir: $z_fault"
		z_faults=$z_fields
	done
	z_dir=
	z_answer nowhere
	exit 1
}

# look finds the worker that is wanted, or a place for it.
z_look() {
	z_faults=
	z_n=0
	while z_n=$((z_n + 1)) && z_place "$z_n"; do
		if [ -x "$z_dir/$z_want" ] && z_private; then
			z_answer here
			return
		fi
	done
	z_n=0
	z_seek
}

# size FILE gives the number of its bytes.
z_size() {
	z_got=$({ wc -c <"$1"; } 2>/dev/null)
	z_got=$((z_got))
}

# by_dd takes exactly z_packed bytes off the stream where head cannot. A block that
# is not longer than what is left does not read past it, and one may come short: what
# is there is counted.
z_by_dd() {
	: >"$z_part.packed" || return
	z_left=$z_packed
	while [ "$z_left" -gt 0 ]; do
		z_block=65536
		[ "$z_left" -ge "$z_block" ] || z_block=$z_left
		z_said=$(dd bs="$z_block" count=1 2>&1 >>"$z_part.packed") || {
			printf "%s" "$z_said" >&2
			return 1
		}
		z_size "$z_part.packed"
		[ $((z_packed - z_got)) -lt "$z_left" ] || return
		z_left=$((z_packed - z_got))
	done
}

# unpack goes on reading when it fails, so that what follows on the stream is the near
# side says next.
z_unpack() {
	case $z_packing in
	gzip) gzip -dc ;;
	zstd) zstd -dcq ;;
	*) cat ;;
	esac >"$z_part" || cat >/dev/null
}

# sum FILE: its hash, where something here can tell. The worker looks in any case.
z_sum() {
	case ,$z_tools, in
	*,sha256sum,*) z_hash=$(sha256sum <"$1") ;;
	*,shasum,*) z_hash=$(shasum -a 256 <"$1") ;;
	*,openssl,*)
		z_hash=$(openssl dgst -sha256 <"$1")
		z_hash=${z_hash##* }
		;;
	*) z_hash=$z_want ;;
	esac
	z_hash=${z_hash%% *}
}

# take takes the worker off the stream, or fails where that is left in its middle. head
# says so beside what goes wrong: where there are too many processes, there is none that
# reads on.
z_take() {
	if [ "$(echo ab | head -c 1 2>/dev/null)" = a ]; then
		z_took="took $z_mark"
		z_fault=$({ { head -c "$z_packed" && echo "$z_took" >&2; } | z_unpack; } 2>&1)
		case $z_fault in
		*"$z_took"*) z_fault=${z_fault%%"$z_took"*}${z_fault#*"$z_took"} ;;
		*) return 1 ;;
		esac
	else
		z_fault=$({ z_by_dd; } 2>&1) || return 1
		z_fault=$({ z_unpack <"$z_part.packed"; } 2>&1)
	fi
}

# put takes a worker. What is under its name is whole.
z_put() {
	find "$z_dir" -name "zero-*" -mtime +1 -exec rm -f {} + 2>/dev/null
	z_part=$z_dir/zero-$z_mark.part
	z_take || {
		z_answer broken "$z_dir: of $z_packed bytes not all came or could be written; $z_fault"
		exit 1
	}
	z_size "$z_part"
	z_hash=
	[ "$z_got" = "$z_bytes" ] && z_sum "$z_part"
	if [ "$z_hash" = "$z_want" ] && z_fault=$({ chmod 700 "$z_part" && mv -f "$z_part" "$z_dir/$z_want"; } 2>&1); then
		rm -f "$z_part.packed"
		z_answer here
		return
	fi
	rm -f "$z_part" "$z_part.packed"
	z_answer failed "$z_dir: of $z_bytes bytes $z_got were written; $z_fault"
}

# run becomes the worker, if that says that it is what it should be.
z_run() {
	z_file=$z_dir/$z_want
	z_size "$z_file"
	z_fault="it has $z_got bytes, not $z_bytes"
	[ "$z_got" = "$z_bytes" ] && z_fault=$(FARSIDE_WORKER=sum:$z_file "$z_file" 2>&1 </dev/null)
	[ "$z_fault" = "$z_want" ] || {
		rm -f "$z_file"
		z_answer damaged "$z_file: $z_fault"
		return
	}
	trap - EXIT HUP INT PIPE TERM
	umask "$z_mask"
	LC_ALL=$z_locale
	[ "$z_localized" ] || unset LC_ALL
	FARSIDE_WORKER=relay:$z_mark:${z_made:+once}:$z_file
	export FARSIDE_WORKER
	exec "$z_file"
}

trap z_tidy EXIT
trap "exit 1" HUP INT PIPE TERM
z_tools=
for z_tool in gzip zstd sha256sum shasum openssl; do
	command -v "$z_tool" >/dev/null 2>&1 && z_tools=$z_tools${z_tools:+,}$z_tool
done
z_look
while read -r z_wish z_name z_bytes z_packing z_packed; do
	case $z_wish in
	find)
		z_tidy
		z_want=$z_name
		z_look
		;;
	next)
		z_tidy
		z_seek
		;;
	put) z_put ;;
	run) z_run ;;
	esac
done
