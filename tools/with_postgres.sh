#!/bin/sh
# Run a command with QDOT_DATABASE_URL pointing at a PostgreSQL made for it alone.
# The server listens on a private socket only and is stopped and deleted at the end, however the command ends.
set -eu

bin=${PG_BIN:-}
if [ -z "$bin" ]; then
  for candidate in /usr/lib/postgresql/*/bin; do [ -x "$candidate/initdb" ] && bin=$candidate; done
fi
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb || echo /nowhere/initdb)")
if [ ! -x "$bin/initdb" ]; then
  echo "PostgreSQL is not installed; install it with: apt-get install postgresql" >&2
  exit 69
fi

home=$(mktemp -d "${TMPDIR:-/tmp}/qdot-pg-XXXXXX")
chmod 755 "$home"
if [ "$(id -u)" = 0 ]; then # the server refuses to run as root
  user=postgres
  id "$user" >/dev/null 2>&1 || user=nobody
  chown "$user" "$home"
  as_server() { (cd "$home" && setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups env HOME="$home" "$@"); }
else
  as_server() { (cd "$home" && "$@"); }
fi

stop() {
  as_server "$bin/pg_ctl" -D "$home/data" -m immediate -w stop >/dev/null 2>&1 || :
  rm -rf "$home"
}
trap stop EXIT
trap 'exit 130' INT TERM

as_server "$bin/initdb" -D "$home/data" -U qdot -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
as_server "$bin/pg_ctl" -D "$home/data" -l "$home/log" -w -t 60 \
  -o "-k $home -c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off" start >/dev/null
"$bin/createdb" -h "$home" -U qdot qdot

QDOT_DATABASE_URL="postgres://qdot@/qdot?host=$home" QDOT_EXPECT_POSTGRESQL=1 "$@"
