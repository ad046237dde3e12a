"""``.upptimerc.yml`` as strangers write it: what works there, or was plainly meant, works."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from statusgen.config.settings import Settings
from statusgen.probe.kinds.http import HTTP
from tests.config.places import faults_of, settings_of

RC = ".upptimerc.yml"
HEAD = "owner: o\nrepo: r\n"


def read(folder: Path, text: str) -> Settings:
    return settings_of(folder, text, RC)


def told(settings: Settings) -> list[str]:
    return [str(problem).removeprefix(f"{RC}:") for problem in settings.warnings]


def http(settings: Settings, index: int = 0) -> Any:
    options = settings.monitors[index].options
    assert isinstance(options, HTTP.options)
    return options


def test_anchors_and_merge_keys_are_read_as_upptime_reads_them(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        HEAD
        + """common: &common
  method: post
  expectedStatusCodes: &codes [200, 404]
  maxResponseTme: 5
sites:
- {<<: *common, name: A, url: 'https://a.example'}
- name: B
  url: https://b.example
  <<: *common
  method: put
- {name: C, url: 'https://c.example', expectedStatusCodes: *codes}
""",
    )

    assert [monitor.id for monitor in settings.monitors] == ["a", "b", "c"]
    assert [http(settings, index).method for index in range(3)] == ["POST", "PUT", "GET"]
    assert {http(settings, index).expect.status for index in range(3)} == {("200", "404")}
    (warning,) = told(settings)  # once, where it is written; the anchored key is of use
    assert warning.startswith("6:3: sites.0.maxResponseTme: unknown key")
    assert "did you mean 'maxResponseTime'? (also in 1 more)" not in warning
    assert "(also in 1 more)" in warning


def test_our_own_file_holds_no_aliases(tmp_path: Path) -> None:
    text = "site: {name: &n X}\nmonitors:\n- {id: a, name: *n, url: !!str 'https://a.example'}\n"

    faults = faults_of(tmp_path, text)

    assert faults == [
        "status.yml:3:17: monitors.0: the alias *n is not supported; write the value out",
        "status.yml:3:26: monitors.0: the tag tag:yaml.org,2002:str is not supported; remove it",
    ]


@pytest.mark.parametrize(
    "written",
    [
        "{Accept: text/html, X-Key: $KEY, X-None: }",
        "[{Accept: text/html}, {X-Key: $KEY}, 'X-None:']",
        "[{Accept: text/html, X-Key: $KEY}, {X-None: }]",
        "['Accept: text/html', 'X-Key: $KEY', 'X-None:']",
    ],
)
def test_headers_may_be_written_without_quotes(tmp_path: Path, written: str) -> None:
    site = f"{{name: S, url: 'https://a.example', headers: {written}}}"

    settings = read(tmp_path, f"{HEAD}sites:\n- {site}\n")

    assert told(settings) == []
    assert settings.left_out == ()
    headers = {name: str(value) for name, value in http(settings).headers.items()}
    assert headers == {"Accept": "text/html", "X-Key": "$KEY", "X-None": ""}


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("'200,301'", ("200", "301")),
        ("200 301", ("200", "301")),
        ("'[200, 301]'", ("200", "301")),
        ("['200 - 299', 404]", ("200-299", "404")),
        ("2xx", ("2xx",)),
    ],
)
def test_codes_may_stand_in_one_text(tmp_path: Path, written: str, codes: tuple[str, ...]) -> None:
    site = f"{{name: S, url: 'https://a.example', expectedStatusCodes: {written}}}"

    settings = read(tmp_path, f"{HEAD}sites:\n- {site}\n")

    assert settings.left_out == ()
    assert http(settings).expect.status == codes


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("http://game.example:25565", "tcp://game.example:25565"),
        ("https://game.example/x", "tcp://game.example:443"),
        ("game.example:9987", "tcp://game.example:9987"),
        ("http://[2001:db8::1]:70", "tcp://[2001:db8::1]:70"),
    ],
)
def test_what_is_up_without_an_answer_is_asked_for_a_connection(
    tmp_path: Path, url: str, address: str
) -> None:
    settings = read(
        tmp_path, f"{HEAD}sites:\n- {{name: S, url: '{url}', expectedStatusCodes: [0]}}\n"
    )

    assert (settings.monitors[0].kind, str(settings.monitors[0].url)) == ("tcp", address)
    assert any(
        "expectedStatusCodes: no answer by HTTP (0) alone is up: checked as a connection to"
        in warning
        for warning in told(settings)
    )


@pytest.mark.parametrize("codes", ["[0, 200]", "[200, 0]"])
def test_no_answer_among_others_stays_an_http_check(tmp_path: Path, codes: str) -> None:
    site = f"{{name: S, url: 'https://a.example', expectedStatusCodes: {codes}}}"

    settings = read(tmp_path, f"{HEAD}sites:\n- {site}\n")

    assert settings.monitors[0].kind == "http"
    assert http(settings).expect.status == ("200",)


# (a site, the one warning it brings)
WARNED = [
    (
        "{name: S, url: h.example, check: tcp-ping, port: 22, method: POST}",
        "4:64: sites.0.method: is not used by tcp-ping checks",
    ),
    (
        "{name: S, url: h.example, check: ssl, __dangerous__body_down: x}",
        "4:65: sites.0.__dangerous__body_down: is not used by ssl checks",
    ),
    (
        "{name: S, url: 'wss://h.example', check: ws, port: 22}",
        "4:54: sites.0.port: is not used by ws checks",
    ),
    (
        "{name: S, url: 'https://h.example/x', check: ws}",
        "4:18: sites.0.url: is read as wss://; write wss:// instead of https://",
    ),
    (
        "{name: S, url: 'https://h.example', location: world}",
        "4:49: sites.0.location: is used with `type: globalping` alone",
    ),
    (
        "{name: S, url: 'https://h.example', ipv4: true}",
        (
            "4:39: sites.0.ipv4: unknown key 'ipv4': not used; Upptime has none; "
            "in data/status.yml write `ip: 4` under the monitor's kind of check"
        ),
    ),
    (
        "{name: S, url: 'https://h.example', group: Core}",
        (
            "4:39: sites.0.group: unknown key 'group': not used; Upptime has none; "
            "write data/status.yml, where a monitor has a `group:`"
        ),
    ),
    (
        "{name: S, url: 'https://h.example', enabled: false}",
        (
            "4:39: sites.0.enabled: unknown key 'enabled': not used; Upptime has none and checks "
            "the site: put # before its lines to leave it out"
        ),
    ),
]


@pytest.mark.parametrize(("site", "expected"), WARNED)
def test_what_a_kind_of_check_does_not_read_is_told(
    tmp_path: Path, site: str, expected: str
) -> None:
    settings = read(tmp_path, f"{HEAD}sites:\n- {site}\n")

    assert told(settings) == [expected]
    assert len(settings.monitors) == 1


def test_rules_look_through_a_long_page(tmp_path: Path) -> None:
    site = "{name: S, url: 'https://a.example', __dangerous__body_down_if_text_missing: '</html>'}"

    assert http(read(tmp_path, f"{HEAD}sites:\n- {site}\n")).max_body == 4 * 1024 * 1024


# (owner and repo, the website, the site's address, its repository, what is told)
PLACES = [
    ("o", "r", "{cname: demo.upptime.js.org}", "https://o.github.io/r/", "o/r", "demonstration"),
    ("upptime", "upptime", "{cname: s.example}", "https://s.example/", "upptime/upptime", "templ"),
    ("o", "My Servers", "{baseUrl: /page}", "https://o.github.io/page/", "", "no name on GitHub"),
    ("'@o'", "r", "{}", "https://o.github.io/r/", "o/r", "owner: is read as o"),
    ("o", "o/r", "{}", "https://o.github.io/r/", "o/r", "repo: is read as r"),
    ("o", "https://github.com/o/r.git", "{}", "https://o.github.io/r/", "o/r", "is read as r"),
    ("https://github.com/o", "r", "{}", "https://o.github.io/r/", "o/r", "owner: is read as o"),
]


@pytest.mark.parametrize(("owner", "repo", "website", "url", "repository", "what"), PLACES)
def test_the_repository_is_found_however_it_is_written(
    tmp_path: Path, owner: str, repo: str, website: str, url: str, repository: str, what: str
) -> None:
    sites = "sites: [{name: A, url: 'https://a.example'}]"

    settings = read(tmp_path, f"owner: {owner}\nrepo: {repo}\n{sites}\nstatus-website: {website}\n")

    site = settings.site
    assert site.url == url
    assert site.repository == (f"https://github.com/{repository}" if repository else "")
    assert site.cname in ("", "s.example")
    (warning,) = told(settings)
    assert what in warning


def test_the_introduction_may_link_to_the_repository(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        f"{HEAD}sites: []\nstatus-website:\n"
        "  introMessage: '[issues](https://github.com/$OWNER/$REPO/issues)'\n",
    )

    assert settings.site.description == "[issues](https://github.com/o/r/issues)"
