#!/bin/sh
# Runs the first Python of 3.11 or later on PATH.
new_enough='import sys; sys.exit(sys.version_info < (3, 11))'

for python in python3 python3.14 python3.13 python3.12 python3.11 python; do
    if "$python" -c "$new_enough" 2>/dev/null; then
        exec "$python" "$@"
    fi
done
echo '需要 Python 3.11 或更高版本。Python 3.11 or later is needed (Debian: apt-get install python3 python3-venv).' >&2
exit 1
