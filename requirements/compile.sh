#!/bin/sh
# Renew the hashed locks. Needs uv (https://docs.astral.sh/uv/); nothing else in the project does.
# check.txt, site.txt and notify.txt also ship inside the wheel: `statusgen init` writes them into new repositories.
set -eu
cd "$(dirname "$0")/.."
lock() {
    out=$1
    shift
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
        --no-emit-find-links --custom-compile-command requirements/compile.sh -o "requirements/$out" "$@"
}
lock check.txt pyproject.toml --extra dns --extra json
lock site.txt pyproject.toml --extra site --extra demo --extra wizard -c requirements/check.txt
lock notify.txt pyproject.toml --extra dns --extra json --extra notify \
    -c requirements/check.txt -c requirements/site.txt
lock build.txt requirements/build.in -c requirements/site.txt
lock release.txt requirements/release.in -c requirements/site.txt -c requirements/build.txt
lock test.txt pyproject.toml requirements/build.in requirements/test.in requirements/release.in \
    --all-extras -c requirements/site.txt -c requirements/notify.txt -c requirements/build.txt \
    -c requirements/release.txt
lock moto.txt requirements/moto.in
