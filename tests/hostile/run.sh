#!/bin/sh
# Hostile pages: each is read within a memory limit, or a rejection names the limit; nothing of it is
# lost in silence.
# usage: run.sh HANTALLY
PYTHONDONTWRITEBYTECODE=1 exec python3 "$(dirname "$0")/hostile.py" "$1"
