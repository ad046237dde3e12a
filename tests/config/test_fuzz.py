"""Broken configurations: never a traceback, always a file and a line."""

import random
from pathlib import Path

import pytest

from statusgen.base.errors import InputError
from statusgen.config.reader import load
from statusgen.probe.kinds import KINDS
from tests.config.test_statusfile import EXAMPLE
from tests.fixtures import SITE

UPPTIME = """\
owner: o
repo: r
user-agent: o
sites:
  - name: Site One
    url: https://a.example/$discovery
    expectedStatusCodes: [200, 404]
    maxResponseTime: 5000
    headers: ["Authorization: Bearer $TOKEN", $WHOLE]
    __dangerous__body_down_if_text_missing: '"ok"'
  - {name: SSH, check: tcp-ping, url: h.example, port: 22}
  - {name: Cert, check: ssl, url: h.example}
  - {name: 鸭鸭梨, url: $HIDDEN, type: globalping, slug: x}
status-website:
  cname: s.example
  baseUrl: /x
  theme: dark
  navbar: [{title: A, href: /}]
i18n: {up: on}
"""

TOKENS = [
    *"[]{}:,-?&*!|>'\"%@`#~$\\/.\t\n\0\x85\u2028\ufeff\u202eé鸭😀",
    *("null", "true", "no", "1:30", "012", "2026-02-30", "9" * 5000, "-1", "0", "1e999", ".nan"),
    *("<<: *x", "&x", "*x", "!!python/object:os.system", "---\n", "...\n", "? ", "- ", "  "),
    *("[" * 300, "{a: " * 30, "a: 1\na: 2\n", "$A", "${{ secrets.A }}", "javascript:x", "http://["),
    *(
        "https://[::1",
        "tcp://x:99999999",
        "(?P<a",
        "\\ud800",
        '"\\ud800"',
        '"\\0"',
        "99.9%",
        "1e5s",
    ),
    *("x" * 300, "../../etc/passwd", "v2", "2026-11", "CON", "%2e%2e", "hunter2", "a\rb", "٣"),
]


def mutated(source: str, choose: random.Random) -> str:
    text = source
    for _ in range(choose.randint(1, 4)):
        at = choose.randrange(len(text) + 1)
        to = min(len(text), at + choose.choice([0, 0, 1, 1, 3, 10, 40]))
        lines = text.split("\n")
        match choose.randrange(6):
            case 0:
                text = text[:at] + choose.choice(TOKENS) + text[to:]
            case 1:
                text = text[:at] + text[to:]
            case 2:  # replace a value
                index = choose.randrange(len(lines))
                key, colon, _ = lines[index].partition(":")
                lines[index] = f"{key}{colon} {choose.choice(TOKENS)}"
                text = "\n".join(lines)
            case 3:  # repeat or move a line
                lines.insert(choose.randrange(len(lines)), choose.choice(lines))
                text = "\n".join(lines)
            case 4:  # indent otherwise
                index = choose.randrange(len(lines))
                lines[index] = " " * choose.randrange(8) + lines[index].lstrip()
                text = "\n".join(lines)
            case _:
                text = text[:at] + chr(choose.choice([choose.randrange(256), 0x20AC])) + text[at:]
    return text


def hold_against(folder: Path, rounds: int, seed: int) -> tuple[int, int]:
    sources = [EXAMPLE, UPPTIME, (SITE / "data" / "status.yml").read_text(encoding="utf-8")]
    choose = random.Random(seed)
    path = folder / "f.yml"
    taken = refused = 0
    for number in range(rounds):
        text = mutated(sources[number % len(sources)], choose)
        raw = text.encode("utf-8", "surrogatepass")
        if choose.random() < 0.05:
            at = choose.randrange(len(raw) + 1)
            raw = raw[:at] + choose.choice([b"\xff", b"\xc3", b"\x80", b"\0"]) + raw[at:]
        path.write_bytes(raw)
        lines = max(1, raw.count(b"\n") + raw.count(b"\r") + 1)
        try:
            settings = load(path, KINDS, "f.yml")
        except InputError as error:
            refused += 1
            problems = error.problems
            assert problems, text
        else:
            taken += 1
            repr(settings)
            problems = (*settings.warnings, *settings.left_out)
            ids = [component.id for component in settings.components]
            assert len(ids) == len(set(ids)), text
        for problem in problems:
            told = str(problem)
            assert told.startswith("f.yml:"), text
            assert "\n" not in told, text
            assert told.isprintable(), text
            assert len(told) < 1200, text
            # The only fault without a line is that of a file that holds nothing.
            assert 1 <= problem.line <= lines or problem.message == "is empty", text
    return taken, refused


def test_mutated_configurations_are_read_or_refused_in_order(tmp_path: Path) -> None:
    taken, refused = hold_against(tmp_path, 400, seed=1)
    assert taken > 20
    assert refused > 100


@pytest.mark.long
def test_ten_thousand_mutated_configurations(tmp_path: Path) -> None:
    taken, refused = hold_against(tmp_path, 10_000, seed=2)
    assert taken > 500
    assert refused > 2500
