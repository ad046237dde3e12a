#!/bin/sh
# The Nu HTML checker judges pages (tests/publish/test_html.py). It is fetched once, by its digest;
# where there is no npm or no Java the test says so and is left out.
set -eu
place="$1/vnu"
[ -f "$place/vnu.jar" ] && exit 0
for needed in npm java; do
    command -v "$needed" >/dev/null 2>&1 ||
        { echo "no $needed: pages are not judged by the Nu HTML checker" >&2; exit 0; }
done
mkdir -p "$place"
cd "$place"
npm pack --silent vnu-jar@26.9.27 >/dev/null || { echo "npm cannot fetch vnu-jar" >&2; exit 1; }
echo "5970d3ffca91a627cf0965e5d91bb2e4242307c29292998de0b419d6a901b2b7  vnu-jar-26.9.27.tgz" |
    sha256sum --check --quiet
tar xzf vnu-jar-26.9.27.tgz
mv package/build/dist/vnu.jar .
rm -r package vnu-jar-26.9.27.tgz
