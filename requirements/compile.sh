#!/bin/sh
# Renew the hashed locks. Needs uv (https://docs.astral.sh/uv/); nothing else in the project does.
set -eu
cd "$(dirname "$0")/.."
lock() {
    out=$1
    shift
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
        --no-emit-find-links --custom-compile-command requirements/compile.sh -o "requirements/$out" "$@"
}
lock check.txt pyproject.toml requirements/build.in --extra dns --extra json
lock site.txt pyproject.toml requirements/build.in --extra site --extra demo -c requirements/check.txt
lock test.txt pyproject.toml requirements/build.in requirements/test.in --all-extras -c requirements/site.txt
