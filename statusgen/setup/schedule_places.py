"""The places that a schedule's files check from: a matrix of runners, or one name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from statusgen.base.errors import InputError
from statusgen.base.text import quote
from statusgen.base.vantage import vantage_fault

if TYPE_CHECKING:
    from statusgen.setup.schedule_files import Kind

_RUNNER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
DEFAULT_RUNNER = "ubuntu-24.04"


def vantages_of(texts: Sequence[str]) -> dict[str, str]:
    """Read ``NAME`` and ``NAME=RUNNER``. Raises InputError."""
    found: dict[str, str] = {}
    for text in texts:
        name, given, runner = text.partition("=")
        fault = vantage_fault(name)
        if fault:
            raise InputError(f"--vantage {quote(name, 60)}: {fault}")
        if given and not _RUNNER.fullmatch(runner):
            raise InputError(
                f"--vantage {quote(text, 60)}: {quote(runner, 60)} is no label of a runner; "
                "write eu=my-runner"
            )
        if name in found:
            raise InputError(f"--vantage {name} is written twice; leave one of them out")
        found[name] = runner or DEFAULT_RUNNER
    return found


def with_vantages(
    kind: Kind, files: Mapping[str, str], vantages: Mapping[str, str]
) -> Mapping[str, str]:
    """Return the files with the places in them. Raises InputError where a kind has no room."""
    if kind in ("visits", "dispatch"):
        return {path: _matrix(text, vantages) if "--publish" in text else text
                for path, text in files.items()}  # fmt: skip
    if kind in ("relay", "observer"):
        fix = "let another machine check: statusgen schedule systemd --vantage home"
        raise InputError(f"a {kind} checks from one place; {fix}")
    if len(vantages) > 1:
        raise InputError(
            f"{kind} is one place; write one --vantage, and files for each other place"
        )
    [name] = vantages
    return {path: _named(text, name) for path, text in files.items()}


def _named(text: str, name: str) -> str:
    """Write the name of the one place into a unit, a job or a pipeline."""
    text = re.sub(r"--vantage (?:gitlab|forgejo)\b", f"--vantage {name}", text)
    text = text.replace(
        "User=statusgen\n", f"User=statusgen\nEnvironment=STATUSGEN_VANTAGE={name}\n"
    )
    return text.replace(
        "                - name: HOME\n",
        f"                - name: STATUSGEN_VANTAGE\n                  value: {name}\n"
        "                - name: HOME\n",
    )


def _matrix(text: str, vantages: Mapping[str, str]) -> str:
    """Make the job that checks one for each place, side by side; each pushes what it saw."""
    places = "".join(
        f"          - {{ vantage: {name}, runner: {runner} }}\n"
        for name, runner in vantages.items()
    )
    replaced = {
        "    name: Check the monitors\n    runs-on: ubuntu-24.04\n": (
            "    name: Check the monitors from ${{ matrix.vantage }}\n"
            "    runs-on: ${{ matrix.runner }}\n"
            "    strategy:\n"
            "      # A place that fails leaves the others be.\n"
            "      fail-fast: false\n"
            "      matrix:\n"
            "        include:\n"
            f"{places}"
        ),
        "      group: status-check\n": "      group: status-check-${{ matrix.vantage }}\n",
        "    # One at a time; of those that wait, GitHub keeps the last.\n": (
            "    # One at a time from each place; of those that wait, GitHub keeps the last.\n"
        ),
        "          GITHUB_TOKEN: ${{ github.token }}\n          # Name here": (
            "          GITHUB_TOKEN: ${{ github.token }}\n"
            "          STATUSGEN_VANTAGE: ${{ matrix.vantage }}\n          # Name here"
        ),
    }
    for before, after in replaced.items():
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return text
