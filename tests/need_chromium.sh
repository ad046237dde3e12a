#!/bin/sh
# The browser tests need Chromium from the distribution: install it where that is allowed.
# Ubuntu calls it otherwise; hosted runners bring Google Chrome.
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
packages="chromium fonts-dejavu-core fonts-liberation fonts-noto-color-emoji fonts-roboto"
if command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ]; then as_root=""; elif sudo -n true 2>/dev/null; then as_root="sudo"; else as_root="no"; fi
    if [ "$as_root" != no ]; then
        echo "Installing Chromium for the browser tests …"
        export DEBIAN_FRONTEND=noninteractive
        # shellcheck disable=SC2086
        { $as_root apt-get -o DPkg::Lock::Timeout=180 -qq update &&
            $as_root apt-get -o DPkg::Lock::Timeout=180 -qq install -y --no-install-recommends $packages >/dev/null; } ||
            { echo "installing Chromium failed" >&2; exit 1; }
        command -v chromium >/dev/null 2>&1 && exit 0
    fi
fi
echo "The browser tests need the program 'chromium', which is not installed." >&2
echo "Install it and its fonts, on Debian: apt-get install $packages" >&2
exit 1
