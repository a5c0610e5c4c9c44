# Sourced by scripts/demo and scripts/test: a virtual environment with the project in it, and Chromium.
# Uses what is there; as root installs what is missing with the system's package manager; else tries
# Playwright's own browser; if something is still missing prints the one command to run and exits 2.
# shellcheck shell=bash

REPO=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
VENV=${AUTHWRIGHT_VENV:-$REPO/.venv}
SETUP_LOG=$(mktemp -t authwright-setup.XXXXXX)

say() { printf '%s\n' "$*" >&2; }
give_up() { # what is missing, the one command
  say "authwright: $1"
  say "Run this one command and start again:"
  say "    $2"
  exit 2
}
is_root() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }
apt_install() {
  say "Installing $* with apt-get ..."
  DEBIAN_FRONTEND=noninteractive apt-get update -q >>"$SETUP_LOG" 2>&1
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >>"$SETUP_LOG" 2>&1
}

find_python() {
  local name
  for name in python3 python3.11 python3.12 python3.13; do
    if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      printf '%s' "$name"
      return
    fi
  done
}

set_up_python() {
  local python
  python=$(find_python)
  if [ -z "$python" ] && is_root; then
    apt_install python3.11 python3.11-venv || apt_install python3 python3-venv || true
    python=$(find_python)
  fi
  [ -n "$python" ] || give_up "Python 3.11 or newer is missing." "sudo apt-get install -y python3.11 python3.11-venv"
  if [ ! -x "$VENV/bin/python" ] || ! "$VENV/bin/python" -m pip --version >/dev/null 2>&1; then
    say "Making a virtual environment ..."
    if ! "$python" -m venv "$VENV" >>"$SETUP_LOG" 2>&1; then
      rm -rf "$VENV"
      local package="$python-venv"
      [ "$python" = python3 ] && package=python3-venv
      is_root && apt_install "$package"
      "$python" -m venv "$VENV" >>"$SETUP_LOG" 2>&1 ||
        give_up "Python's venv module is missing." "sudo apt-get install -y $package"
    fi
  fi
}

# The project with the extras that are asked for, at the pinned versions; nothing to do when
# neither the list nor the pins have changed since the last time.
install_project() { # extras
  local stamp="$VENV/.authwright-$1" wanted
  wanted=$(cat "$REPO/pyproject.toml" "$REPO/constraints.txt" | cksum)" $REPO"
  [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && return
  say "Installing the project's packages ..."
  "$VENV/bin/python" -m pip install -q --disable-pip-version-check -c "$REPO/constraints.txt" -e "$REPO[$1]" >>"$SETUP_LOG" 2>&1 || {
    tail -n 15 "$SETUP_LOG" >&2
    give_up "the packages could not be installed (see above)." \
      "$VENV/bin/python -m pip install -c $REPO/constraints.txt -e '$REPO[$1]'"
  }
  printf '%s' "$wanted" >"$stamp"
}

chromium_found() {
  "$VENV/bin/python" - <<'PYTHON' >/dev/null 2>&1
import os
from playwright.sync_api import sync_playwright
from authwright.browser.launch import chromium_path
with sync_playwright() as playwright:
    chromium_path(os.environ, playwright.chromium.executable_path)
PYTHON
}

set_up_chromium() {
  chromium_found && return
  # On Ubuntu the package of that name is only a door to the snap store, which a server may not have.
  if is_root && ! grep -qi '^ID=ubuntu' /etc/os-release; then
    apt_install chromium fonts-liberation || true
    chromium_found && return
  fi
  say "Fetching Chromium for Playwright ..."
  if is_root; then
    "$VENV/bin/python" -m playwright install --with-deps chromium >>"$SETUP_LOG" 2>&1 || true
  else
    "$VENV/bin/python" -m playwright install chromium >>"$SETUP_LOG" 2>&1 || true
  fi
  chromium_found ||
    give_up "Chromium is missing." "sudo apt-get install -y chromium || sudo $VENV/bin/python -m playwright install --with-deps chromium"
}
