#!/bin/sh
# Run before the package's files are removed: ends what runs from its folder, politely first, so that no process stays
# behind with its program gone. Told by /proc which program a process runs, never by its name. An update leaves a
# running app alone: it keeps the files that it has open, and the next start has the new ones.

case "$1" in
  remove | 0) ;; # dpkg's word, and rpm's number of packages that will be left
  *) exit 0 ;;
esac

running() {
  ls -l /proc/[0-9]*/exe 2>/dev/null | sed -n 's|^.* /proc/\([0-9]*\)/exe -> /usr/lib/roundabout/.*$|\1|p'
}

# Chromium's own helpers end with the process that started them.
for pid in $(running); do
  grep -q -- '--type=' "/proc/$pid/cmdline" 2>/dev/null || kill -TERM "$pid" 2>/dev/null
done

tenths=50
while [ -n "$(running)" ] && [ "$tenths" -gt 0 ]; do
  sleep 0.1
  tenths=$((tenths - 1))
done

for pid in $(running); do
  kill -KILL "$pid" 2>/dev/null
done

exit 0
