"""Every sentence that visitors read stands in the catalogue, fits its values, and is said."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from statusgen.words.extract import every_key
from tests.words.sources import ROOT, Source, read, read_text

CODE = ROOT / "statusgen"
MOVED = (
    "status/*.py",
    "incident/*.py",
    "notify/compose.py",
    "notify/policy.py",
    "run/*.py",
    "publish/*.py",
    "publish/templates/*",
    "publish/roadmaps/*.py",
    "publish/roadmaps/*/*.py",
    "publish/roadmaps/templates/*",
    "audit/*.py",
    "draw/*.py",
    "cli/status.py",
    "cli/incident.py",
    "audit/*.py",
    "mkdocs_plugin/*.py",
)
"""What speaks by the catalogue alone. Whoever moves a further room adds it here."""
FOR_OPERATORS = {
    # What is wrong with a file, and what to write instead.
    "statusgen/incident/edit.py",
    "statusgen/incident/fileformat.py",
    "statusgen/incident/folder.py",
    "statusgen/incident/lints.py",
    "statusgen/incident/outer.py",
    "statusgen/incident/windowfile.py",
    "statusgen/incident/windowfiles.py",
    "statusgen/incident/recurrence.py",
    "statusgen/incident/sections.py",
    "statusgen/incident/times.py",
    "statusgen/mkdocs_plugin/fences.py",
    "statusgen/publish/fence.py",
    "statusgen/publish/physical.py",
    "statusgen/run/addresses.py",
    "statusgen/run/cited.py",
    "statusgen/run/claims.py",
    "statusgen/run/dress.py",
    "statusgen/run/files.py",
    "statusgen/run/pictures.py",
    "statusgen/run/places.py",
    "statusgen/run/renamed.py",
    "statusgen/run/site.py",
    "statusgen/run/strays.py",
    "statusgen/run/author.py",
    "statusgen/run/brought.py",
    "statusgen/run/shards.py",
    "statusgen/run/outside.py",
    "statusgen/run/engines.py",
    "statusgen/run/choices.py",
    "statusgen/run/export.py",
    "statusgen/run/upptime_issues.py",
    "statusgen/run/exported.py",
    "statusgen/run/form.py",
    "statusgen/run/formsend.py",
    "statusgen/run/issues.py",
    "statusgen/run/told.py",
    "statusgen/cli/incident.py",
    "statusgen/audit/baseline.py",
    "statusgen/audit/ignoring.py",
    "statusgen/audit/reports.py",
    "statusgen/run/changes.py",
    "statusgen/run/publications.py",
    "statusgen/run/relay.py",
    "statusgen/status/publication.py",
    # The message of a commit.
    "statusgen/run/record.py",
    # What is wrong with the heartbeat.
    "statusgen/run/channels.py",
}
"""Modules whose English is read by who runs the program; errors are English."""
STYLES = {
    "statusgen/draw/metrics.py",
    "statusgen/draw/theme.py",
    "statusgen/publish/roadmaps/assets.py",
}
"""Modules whose long texts are CSS."""
ALLOWED = {
    # Keys in the metadata of a picture.
    "Software",
    "Creator",
    "Date",
    # A service, which is called so in every language.
    "Globalping",
    # Names of formats and of measures, the same in every language.
    "RSS",
    "JSON Feed",
    "iCalendar",
    "/feed subscribe ",
    "Atom",
    "SVG",
    "JSON",
    "CSV",
    # Names of other tools.
    "Statuspage",
    "Upptime",
    "p50",
    "p95",
    "p99",
    "Sitemap: ",  # robots.txt
    "no round",  # of the meta element that tells two builds apart
    "the template moved.html",  # names what made an entry, in messages
    "the roadmaps",
    # What is looked for in documents, or compared with it.
    "best for",
    "use when",
    "when to use",
    # Names of numbers in the audit's JSON.
    "low ends",
    "high ends",
    # Words of HTML, CSS and MkDocs.
    "light dark",
    "noopener nofollow",
    "width=device-width, initial-scale=1",
    "}@media screen and (prefers-color-scheme:dark){:root:not([data-md-color-scheme]){",
    "}}@media screen{:root[data-md-color-scheme=slate]{",
    "hide: [navigation, toc]\n",
}
"""English that may stand outside, each for a reason."""


def files() -> list[Path]:
    return sorted({path for pattern in MOVED for path in CODE.glob(pattern) if path.is_file()})


@cache
def every_source() -> tuple[Source, ...]:
    templates = [path for path in CODE.rglob("templates/*") if path.is_file()]
    modules = [path for path in CODE.rglob("*.py") if "words/sentences" not in path.as_posix()]
    return tuple(read(path) for path in [*modules, *templates])


def test_no_english_sentence_for_visitors_stands_outside_of_the_catalogue() -> None:
    found = [
        f"{place}: {text}"
        for path in files()
        for place, text in read(path).texts
        if text not in ALLOWED and place.partition(":")[0] not in FOR_OPERATORS | STYLES
    ]
    assert found == []


def test_what_is_allowed_is_still_there() -> None:
    texts = {text for path in files() for _, text in read(path).texts}
    assert texts >= ALLOWED
    assert {path.relative_to(ROOT).as_posix() for path in files()} >= FOR_OPERATORS | STYLES


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.py", "def f() -> str:\n    return f'{n} days without data'\n", " days without data"),
        ("a.py", "TITLE = 'Roadmaps'\n", "Roadmaps"),
        ("a.py", "say('x', name='It is over')\n", "It is over"),
        ("a.py", "html = '<p class=x>It is over</p>'\n", "<p class=x>It is over</p>"),
        ("a.html", "<p>{{ x }} days</p>", "days"),
        ("a.html", '<p title="The last check">{{ x }}</p>', "The last check"),
        ("a.html", '{{ "no incident" if x else say("y") }}', "no incident"),
        ("a.html", "{% if x %}{% for y in x %}<b>Since</b>{% endfor %}{% endif %}", "Since"),
        ("a.html", "{% macro m() %}{% call n() %}so far{% endcall %}{% endmacro %}", "so far"),
    ],
)
def test_a_sentence_outside_is_found(name: str, text: str, told: str) -> None:
    assert told in [found for _, found in read_text(text, name).texts]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.py", '"""Say what is so."""\n\nX = 1\n"""In whole seconds."""\n'),
        ("a.py", "raise ValueError('it is not a time')\n"),
        ("a.py", "warn(Problem('is not a time', 'write it like this', 'x.yml'))\n"),
        ("a.py", "x = say('days.so-far', day='13 Sep')\n"),
        ("a.py", 'x = \'<path class="grid line" d="M0 0"/>\'\n'),
        ("a.py", "X = re.compile('one of the words')\n__all__ = ['Finding']\n"),
        ("a.html", '{# What is so. #}<p class="some class">{{ say("x.y", a="b") }} · {{ z }}</p>'),
        ("a.html", "<style>body { font: some thing }</style><script>let it = be</script>"),
    ],
)
def test_what_no_visitor_reads_stays_silent(name: str, text: str) -> None:
    assert read_text(text, name).texts == []


def test_every_key_that_is_said_was_written_and_gets_its_values() -> None:
    known = dict(every_key())
    faults = []
    for said in (each for source in every_source() for each in source.said):
        keys = [key for key in known if said.pattern.fullmatch(key)]
        if not keys:
            faults.append(f"{said.place}: nobody wrote {said.key}")
        faults += [
            f"{said.place}: {key} takes {sorted(known[key].values)}, not {sorted(said.values)}"
            for key in keys
            if said.exact and said.values is not None and said.values != known[key].values
        ]
    assert faults == []


def test_every_sentence_is_said_by_somebody() -> None:
    sources = every_source()
    patterns = [pattern for source in sources for pattern in source.patterns]
    constants = {text for source in sources for text in source.constants}
    assert [
        key
        for key, _ in every_key()
        if key not in constants and not any(pattern.fullmatch(key) for pattern in patterns)
    ] == []


def test_what_is_said_is_read_from_the_sources() -> None:
    (said,) = read_text("words.say('days.nothing', day=1)\n", "a.py").said
    assert (said.key, said.values, said.exact) == ("days.nothing", frozenset({"day"}), True)
    (said,) = read_text("Saying(f'banner.some-{level}', {'name': x})\n", "a.py").said
    assert said.pattern.fullmatch("banner.some-major")
    assert not said.pattern.fullmatch("banner.one-major")
    assert said.values == frozenset({"name"})
    found = read_text('{{ say("a.b" if x else "a." ~ y, day=1) }}', "a.html").said
    assert [(one.key, one.exact) for one in found] == [("a.b", True), (r"a\..+", False)]
