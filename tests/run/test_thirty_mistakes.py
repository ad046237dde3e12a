"""Thirty plausible mistakes, and what is told of each: file, line, column, message and fix.

Where a public issue shows somebody making the same slip with another tool, it is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from statusgen.run.files import judge_files
from statusgen.run.site import Site

SITE = "site: {name: S, url: 'https://s.example/'}\n"
MONITOR = "monitors:\n  - id: api\n    name: API\n    url: https://a.example/\n"


@dataclass(frozen=True)
class Mistake:
    """Something that a person writes by mistake."""

    what: str
    file: str
    text: str
    told: tuple[str, ...]
    seen: str = ""
    """A public issue in which somebody did the same."""


MISTAKES = [
    Mistake(
        "a misspelt key",
        "status.yml",
        (
            "site: {name: S, url: 'https://s.example/'}\n"
            "monitors:\n"
            "  - id: api\n"
            "    nmae: API\n"
            "    url: https://a.example/\n"
        ),
        (
            "status.yml:3:5: monitors.0.name: is required; add `name:`",
            "status.yml:4:5: monitors.0.nmae: unknown key 'nmae'; did you mean 'name'?",
        ),
    ),
    Mistake(
        "an option of a kind beside the address",
        "status.yml",
        (
            "site: {name: S, url: 'https://s.example/'}\n"
            "monitors:\n"
            "  - id: api\n"
            "    name: API\n"
            "    url: https://a.example/\n"
            "    headers: {Accept: text/html}\n"
        ),
        (("status.yml:6:5: monitors.0.headers: unknown key 'headers'; write it under `http:`"),),
        "https://github.com/gravitational/teleport/issues/32460",
    ),
    Mistake(
        "`expect:` beside an empty `http:`",
        "status.yml",
        (
            "site: {name: S, url: 'https://s.example/'}\n"
            "monitors:\n"
            "  - id: api\n"
            "    name: API\n"
            "    url: https://a.example/\n"
            "    http:\n"
            "    expect: {status: 200}\n"
        ),
        (("status.yml:7:5: monitors.0.expect: unknown key 'expect'; write it under `http:`"),),
        "https://github.com/Anonym-tsk/zigbee2mqtt-extensions/issues/22",
    ),
    Mistake(
        "a body of JSON without quotes",
        "status.yml",
        (
            "site: {name: S, url: 'https://s.example/'}\n"
            "monitors:\n"
            "  - id: api\n"
            "    name: API\n"
            "    url: https://a.example/\n"
            "    http:\n"
            '      body: {"a": 1}\n'
        ),
        (
            (
                "status.yml:7:13: monitors.0.http.body: must be text, and is a mapping "
                "here; put it in single quotes: '{\u2026}'"
            ),
        ),
    ),
    Mistake(
        "a key that belongs to another tool",
        "status.yml",
        (
            "site: {name: S, url: 'https://s.example/'}\n"
            "monitors:\n"
            "  - id: api\n"
            "    name: API\n"
            "    url: https://a.example/\n"
            "endpoints: []\n"
        ),
        (
            (
                "status.yml:6:1: endpoints: 'endpoints' is Gatus's key; call it `monitors:` "
                "and give each an id, a name and a url"
            ),
        ),
        "https://github.com/ClusterLabs/ha_cluster_exporter/issues/253",
    ),
    Mistake(
        "a space in an id",
        "status.yml",
        (
            "site: {name: S, url: 'https://s.example/'}\n"
            "monitors:\n"
            "  - id: Backend API\n"
            "    name: API\n"
            "    url: https://a.example/\n"
        ),
        (
            (
                "status.yml:3:9: monitors.0.id: 'Backend API' is no id: an id is 1 to 63 "
                "lower-case letters, digits and hyphens, and begins with no hyphen; write "
                "backend-api"
            ),
        ),
    ),
    Mistake(
        "an address without a scheme",
        "status.yml",
        (
            "site: {name: S, url: 'https://s.example/'}\n"
            "monitors:\n"
            "  - id: api\n"
            "    name: API\n"
            "    url: a.example:443\n"
        ),
        (
            (
                "status.yml:5:10: monitors.0.url: 'a.example:443' has no scheme; write "
                "tcp://a.example:443"
            ),
        ),
    ),
    Mistake(
        "a protocol that is no check",
        "status.yml",
        (
            "site: {name: S, url: 'https://s.example/'}\n"
            "monitors:\n"
            "  - id: api\n"
            "    name: API\n"
            "    url: smtp://mail.example\n"
        ),
        (
            (
                "status.yml:5:10: monitors.0.url: 'smtp' is no kind of check that we know; "
                "write tcp://mail.example:25"
            ),
        ),
        "https://github.com/CastawayLabs/cachet-monitor/issues/55",
    ),
    Mistake(
        "a duration without a unit",
        "status.yml",
        (
            "site: {name: S, url: 'https://s.example/'}\n"
            "monitors:\n"
            "  - id: api\n"
            "    name: API\n"
            "    url: https://a.example/\n"
            "    interval: 5\n"
        ),
        (
            (
                "status.yml:6:15: monitors.0.interval: '5' has no unit; write a number with "
                "a unit, like 800ms, 30s, 5m, 1h or 21d"
            ),
        ),
    ),
    Mistake(
        "a decimal comma",
        "status.yml",
        (
            "site: {name: S, url: 'https://s.example/'}\n"
            "monitors:\n"
            "  - id: api\n"
            "    name: API\n"
            "    url: https://a.example/\n"
            "    timeout: 1,5s\n"
        ),
        (("status.yml:6:14: monitors.0.timeout: '1,5s' has a comma; write a point: 1.5s"),),
    ),
    Mistake(
        "a zone with its halves swapped",
        "status.yml",
        (
            "site: {name: S, timezone: Berlin/Europe}\n"
            "monitors:\n"
            "  - id: api\n"
            "    name: API\n"
            "    url: https://a.example/\n"
        ),
        (
            (
                "status.yml:1:27: site.timezone: 'Berlin/Europe' is not a time zone; did "
                "you mean 'Europe/Berlin'?"
            ),
        ),
    ),
    Mistake(
        "an offset for a zone",
        "status.yml",
        (
            "site: {name: S, timezone: GMT+7}\n"
            "monitors:\n"
            "  - id: api\n"
            "    name: API\n"
            "    url: https://a.example/\n"
        ),
        (
            (
                "status.yml:1:27: site.timezone: 'GMT+7' is not a time zone; write "
                "Etc/GMT-7, which is 7 hours ahead of UTC (the sign in such names is turned "
                "round), or, where clocks change in summer, the zone of a city"
            ),
        ),
        "https://github.com/TechnicallyCoded/Inventory-Rollback-Plus/issues/41",
    ),
    Mistake(
        "a no-break space, pasted",
        "status.yml",
        (
            "site:\n"
            "\u00a0 name: S\n"
            "monitors:\n"
            "  - id: api\n"
            "    name: API\n"
            "    url: https://a.example/\n"
        ),
        (
            "status.yml:1:6: site: must be a mapping; write `key: value` lines under it",
            (
                "status.yml:2:1: name: unknown key '\\u00a0 name'; it holds a no-break "
                "space (U+00A0); write `name:` under `site:`, `components:`, `groups:`, "
                "`agreements:`, `vantages:` or `monitors:`"
            ),
        ),
        "https://github.com/nodeca/js-yaml/issues/438",
    ),
    Mistake(
        "curly quotes, pasted",
        "status.yml",
        (
            "site: {name: S, url: 'https://s.example/'}\n"
            "monitors:\n"
            "  - id: api\n"
            "    name: API\n"
            "    url: \u201chttps://a.example/\u201d\n"
        ),
        (
            (
                "status.yml:5:10: monitors.0.url: '\u201chttps://a.example/\u201d' has no "
                "scheme; it holds a curly quote (U+201C), a curly quote (U+201D); write "
                "https://\u2026 (known are http, https, tcp, tls, ws, wss, dns and "
                "statuspage)"
            ),
        ),
        "https://github.com/nathan-curtis/zenos-ai/issues/76",
    ),
    Mistake(
        "a backslash in double quotes",
        "status.yml",
        (
            "site: {name: S, url: 'https://s.example/'}\n"
            "monitors:\n"
            "  - id: api\n"
            "    name: API\n"
            "    url: https://a.example/\n"
            "    http:\n"
            "      expect:\n"
            '        body_matches: "\\d+ ok"\n'
        ),
        (
            (
                "status.yml:8:24: is not valid YAML: found unknown escape character (while "
                "parsing a quoted scalar); write it in single quotes, where a backslash is "
                "one: '\\d+ ok'"
            ),
        ),
        "https://github.com/pyr/cyanite/issues/133",
    ),
    Mistake(
        "no space after a colon",
        "status.yml",
        (
            "site:\n"
            "  name:S\n"
            "  url: 'https://s.example/'\n"
            "monitors:\n"
            "  - id: api\n"
            "    name: API\n"
            "    url: https://a.example/\n"
        ),
        (
            (
                "status.yml:3:6: is not valid YAML: mapping values are not allowed in this "
                "context; write a space after the colon in the line above: name: \u2026"
            ),
        ),
        "https://github.com/Azure/aztk/issues/103",
    ),
    Mistake(
        "a star without quotes",
        "status.yml",
        (
            "site: {name: S, url: 'https://s.example/'}\n"
            "monitors:\n"
            "  - id: api\n"
            "    name: API\n"
            "    url: https://a.example/\n"
            "    http:\n"
            "      headers:\n"
            "        Accept: */*\n"
        ),
        (
            (
                "status.yml:8:18: is not valid YAML: did not find expected alphabetic or "
                "numeric character (while scanning an alias); put it in quotes: '*/*'"
            ),
        ),
        "https://github.com/ovh/venom/issues/198",
    ),
    Mistake(
        "a key indented by one column less",
        "status.yml",
        (
            "site: {name: S, url: 'https://s.example/'}\n"
            "monitors:\n"
            "  - id: api\n"
            "    name: API\n"
            "    url: https://a.example/\n"
            "   group: Core\n"
        ),
        (
            (
                "status.yml:6:4: is not valid YAML: did not find expected '-' indicator "
                "(while parsing a block collection); begin it with `- `, or indent it like "
                "the entry above"
            ),
        ),
        "https://github.com/actions/starter-workflows/issues/508",
    ),
    Mistake(
        "a tab",
        "status.yml",
        ("site: {name: S, url: 'https://s.example/'}\nmonitors:\n\t- id: api\n"),
        (
            (
                "status.yml:3:1: is not valid YAML: found character that cannot start any "
                "token (while scanning for the next token); indent with spaces, not tabs"
            ),
        ),
    ),
    Mistake(
        "`yes` for `true`",
        "status.yml",
        (
            "site: {name: S, url: 'https://s.example/'}\n"
            "monitors:\n"
            "  - id: api\n"
            "    name: API\n"
            "    url: https://a.example/\n"
            "    http:\n"
            "      insecure: yes\n"
        ),
        (("status.yml:7:17: monitors.0.http.insecure: 'yes' is not true or false; write true"),),
        "https://github.com/nette/neon/issues/74",
    ),
    Mistake(
        "a monitor that is not there",
        "status.yml",
        (
            "site: {name: S, url: 'https://s.example/'}\n"
            "monitors:\n"
            "  - id: api\n"
            "    name: API\n"
            "    url: https://a.example/\n"
            "objectives:\n"
            "  - {id: o, monitors: [apj], target: 99.9%}\n"
        ),
        (
            (
                "status.yml:7:24: objectives.0.monitors.0: there is no monitor 'apj'; did "
                "you mean 'api'?"
            ),
        ),
    ),
    Mistake(
        "the site's name at the top",
        ".upptimerc.yml",
        (
            "owner: acme\n"
            "repo: up\n"
            "sites:\n"
            "  - name: API\n"
            "    url: https://a.example\n"
            "siteName: Acme\n"
        ),
        (
            (
                ".upptimerc.yml:6:1: siteName: unknown key 'siteName': not used; write it "
                "as `name:` under `status-website:`"
            ),
        ),
    ),
    Mistake(
        "a key of the site at the top",
        ".upptimerc.yml",
        (
            "cname: s.acme.example\n"
            "owner: acme\n"
            "repo: up\n"
            "sites:\n"
            "  - name: API\n"
            "    url: https://a.example\n"
        ),
        (
            (
                ".upptimerc.yml:1:1: cname: unknown key 'cname': not used; write it under "
                "`status-website:`"
            ),
        ),
    ),
    Mistake(
        "a ping that Upptime has not",
        ".upptimerc.yml",
        (
            "owner: acme\n"
            "repo: up\n"
            "sites:\n"
            "  - name: API\n"
            "    url: https://a.example\n"
            "    check: icmp-ping\n"
        ),
        (
            (
                ".upptimerc.yml:6:12: sites.0.check: there is no check 'icmp-ping' (Upptime "
                "would make an http check of it); did you mean 'tcp-ping'?"
            ),
        ),
        "https://github.com/upptime/upptime/issues/273",
    ),
    Mistake(
        "a header that is a list",
        ".upptimerc.yml",
        (
            "owner: acme\n"
            "repo: up\n"
            "sites:\n"
            "  - name: API\n"
            "    url: https://a.example\n"
            "    headers:\n"
            "      - Accept: [text/html]\n"
        ),
        (
            (
                ".upptimerc.yml:7:9: sites.0.headers.0: must be text, and is a mapping "
                'here; put it in quotes: "Accept: \u2026"'
            ),
        ),
        "https://github.com/gravitational/teleport/issues/32460",
    ),
    Mistake(
        "a list of sites that is empty",
        ".upptimerc.yml",
        ("owner: acme\nrepo: up\nsites:\n"),
        ((".upptimerc.yml:3:7: sites: there are no sites: nothing will be checked; add one"),),
    ),
    Mistake(
        "an introduction that claims a state",
        ".upptimerc.yml",
        (
            "owner: acme\n"
            "repo: up\n"
            "sites:\n"
            "  - name: API\n"
            "    url: https://a.example\n"
            "status-website:\n"
            "  introTitle: All systems operational\n"
        ),
        (
            (
                ".upptimerc.yml:7:15: status-website.introTitle: claims a state ('All "
                "systems operational'): shown only while it is true; leave it out: the page "
                "says so by itself"
            ),
        ),
    ),
    Mistake(
        "an impact that is none",
        "incidents/x.md",
        (
            "---\n"
            "title: API is slow\n"
            "impact: severe\n"
            "affected: [api]\n"
            "---\n"
            "\n"
            "## Investigating - 2026-11-20 10:00\n"
            "\n"
            "We look.\n"
        ),
        (
            (
                "incidents/x.md:3:9: impact: must be one of 'none', 'minor', 'major' or "
                "'critical' (got 'severe'); write one of them"
            ),
        ),
    ),
    Mistake(
        "a component that is not there",
        "incidents/x.md",
        (
            "---\n"
            "title: API is slow\n"
            "impact: minor\n"
            "affected: [apj]\n"
            "---\n"
            "\n"
            "## Investigating - 2026-11-20 10:00\n"
            "\n"
            "We look.\n"
        ),
        (
            "incidents/x.md:4:12: affected.0: there is no component 'apj'; did you mean 'api'?",
            (
                "incidents/x.md:7:1: the newest update does not say when the next one comes; add "
                "`· next update <time>` to its heading"
            ),
        ),
    ),
    Mistake(
        "a colon in a title",
        "incidents/x.md",
        (
            "---\n"
            "title: API: it is slow\n"
            "impact: minor\n"
            "affected: [api]\n"
            "---\n"
            "\n"
            "## Investigating - 2026-11-20 10:00\n"
            "\n"
            "We look.\n"
        ),
        (
            (
                "incidents/x.md:2:11: is not valid YAML: mapping values are not allowed in "
                "this context; check the indentation, or put the text with the colon in "
                "quotes"
            ),
        ),
        "https://github.com/jpmorganchase/salt-ds/pull/5444",
    ),
    Mistake(
        "a day as people write it",
        "incidents/x.md",
        (
            "---\n"
            "title: API is slow\n"
            "impact: minor\n"
            "affected: [api]\n"
            "---\n"
            "\n"
            "## Investigating - 20/11/2026\n"
            "\n"
            "We look.\n"
        ),
        (("incidents/x.md:7:20: '20/11/2026' is not a time; write it like 2026-11-20T20:10:03Z"),),
        "https://github.com/phamleduy04/texas-dps-scheduler/issues/116",
    ),
    Mistake(
        "a phase that is none",
        "incidents/x.md",
        (
            "---\n"
            "title: API is slow\n"
            "impact: minor\n"
            "affected: [api]\n"
            "---\n"
            "\n"
            "## Looking - 2026-11-20 10:00\n"
            "\n"
            "We look.\n"
        ),
        (
            (
                "incidents/x.md:7:4: 'Looking' is no phase of an incident; write one of "
                "investigating, identified, monitoring, resolved, postmortem, withdrawn; "
                "or ### for a heading inside an update"
            ),
        ),
    ),
    Mistake(
        "a greater-than sign without quotes",
        "roadmaps/lean.yml",
        (
            "name: Lean\n"
            "currency: USD\n"
            "stages:\n"
            "  - id: core\n"
            "    name: Core\n"
            "    trigger: >100 users\n"
        ),
        (
            (
                "roadmaps/lean.yml:6:16: is not valid YAML: did not find expected comment "
                "or line break (while scanning a block scalar); put it in quotes: '>100 "
                "users'"
            ),
        ),
    ),
    Mistake(
        "a price where none stands",
        "roadmaps/lean.yml",
        (
            "name: Lean\n"
            "currency: USD\n"
            "stages:\n"
            "  - id: core\n"
            "    name: Core\n"
            "    items:\n"
            "      - {id: db, name: DB, price: $5/month}\n"
        ),
        (
            (
                "roadmaps/lean.yml:7:28: stages.0.items.0.price: unknown key 'price'; write "
                "`service: {name: …, price: …}`, or `cost:` for what you reckon it costs"
            ),
        ),
    ),
    Mistake(
        "a time in words",
        "roadmaps/lean.yml",
        (
            "name: Lean\n"
            "currency: USD\n"
            "stages:\n"
            "  - id: core\n"
            "    name: Core\n"
            "    when: next spring\n"
        ),
        (
            (
                "roadmaps/lean.yml:6:11: stages.0.when: 'next spring' is no time; write it "
                "like 2026-10-05, October 2026, Q4 2026, H1 2027 or 2027, a range like 2026-10 "
                "to 2027-01 or from March 2027, or Week 2-4, Month 6+, Day 1, Now"
            ),
        ),
    ),
    Mistake(
        "a sign for a currency",
        "roadmaps/lean.yml",
        ("name: Lean\ncurrency: $\nstages:\n  - id: core\n    name: Core\n"),
        (("roadmaps/lean.yml:2:11: currency: '$' is no currency; write its code like USD"),),
    ),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.what)
def test_a_mistake_is_told_at_its_place_with_the_fix(
    mistake: Mistake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "site" / "data").mkdir(parents=True)
    (tmp_path / "site" / "data" / "status.yml").write_text(SITE + MONITOR)
    monkeypatch.chdir(tmp_path)
    path = Path(mistake.file)
    path.parent.mkdir(exist_ok=True)
    path.write_text(mistake.text, encoding="utf-8")

    (judged,) = judge_files([path], Site(tmp_path / "site"))

    found = (*judged.problems, *judged.warnings)
    assert tuple(map(str, found)) == mistake.told
    assert all(each.line and each.column and each.fix for each in found)


def test_there_are_thirty_of_every_kind_of_file() -> None:
    assert len(MISTAKES) >= 30
    kinds = {mistake.file.partition("/")[0] for mistake in MISTAKES}
    assert kinds == {"status.yml", ".upptimerc.yml", "incidents", "roadmaps"}
