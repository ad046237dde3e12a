#!/bin/sh
# A server that speaks S3, for the tests of the second host (tests/publish/test_second_places.py). It has an
# environment of its own; where that cannot be made the test says so and is left out.
set -eu
place="$1/moto"
[ -f "$place/.done" ] && exit 0
here="$(dirname "$0")/.."
"$1/bin/python" -m venv "$place" &&
    "$place/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes \
        -r "$here/requirements/moto.txt" || {
    echo "moto cannot be installed: the second host is not tried by S3" >&2
    rm -rf "$place"
    exit 0
}
touch "$place/.done"
