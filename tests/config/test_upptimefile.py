from pathlib import Path
from typing import Any

import pytest

from statusgen.config.settings import GitHubOptions, Monitor, NavLink
from statusgen.probe.kinds.http import HTTP
from tests.config.places import faults_of, settings_of

RC = ".upptimerc.yml"
HEAD = "owner: o\nrepo: r\n"


def one(folder: Path, site: str) -> Monitor:
    """Return the monitor that one site becomes, without a warning."""
    settings = settings_of(folder, f"{HEAD}sites:\n- {site}\n", RC)
    assert settings.warnings == settings.left_out == ()
    return settings.monitors[0]


def http(monitor: Monitor) -> Any:
    assert isinstance(monitor.options, HTTP.options)
    return monitor.options


def test_a_site_with_nothing_written_is_checked_as_upptime_checks_it(tmp_path: Path) -> None:
    monitor = one(tmp_path, "{name: My Site, url: 'https://u:p@a.example/x?y=z#w'}")
    assert (monitor.id, monitor.name, monitor.kind) == ("my-site", "My Site", "http")
    assert monitor.link == "https://a.example/x"
    assert (monitor.timeout_ms, monitor.deadline_ms) == (60_000, 90_000)
    assert (monitor.retry_delays_ms, monitor.interval) == ((2_000, 10_000), None)
    options = http(monitor)
    assert options.expect.status == ("200-208", "226", "300-308")
    assert (options.expect.max_time, options.redirects, options.method) == (60_000, 3, "GET")
    assert options.match_headers
    assert not options.insecure


def test_every_key_of_a_site_has_its_effect(tmp_path: Path) -> None:
    monitor = one(
        tmp_path,
        """name: S
  url: https://a.example/$PATH
  slug: " own "
  check: http
  type: local
  method: post
  headers: ["Accept: a:b", "X-A:$TOKEN", "$WHOLE", "Accept: c", "$NAME: v"]
  body: '{"k": "$BODY"}'
  expectedStatusCodes: [200, 418, "200"]
  maxResponseTime: 5000
  maxRedirects: 0
  requestTimeout: 20
  __dangerous__disable_verify_peer: true
  __dangerous__body_down: maintenance
  __dangerous__body_degraded: slow
  __dangerous__body_down_if_text_missing: '"ok"'
  __dangerous__body_degraded_if_text_missing: fast""",
    )
    options = http(monitor)
    assert (monitor.id, monitor.link) == ("own", "")
    assert (monitor.timeout_ms, monitor.deadline_ms) == (20_000, 50_000)
    assert options.method == "POST"
    assert {name: str(value) for name, value in options.headers.items()} == {
        "Accept": "a:b",
        "X-A": "$TOKEN",
    }
    assert [str(line) for line in options.raw_headers] == ["$WHOLE", "Accept: c", "$NAME: v"]
    assert options.body.names == ("BODY",)
    assert options.expect.status == ("200", "418")
    assert (options.expect.max_time, options.redirects, options.insecure) == (5_000, 0, True)
    rules = options.expect
    assert [str(text) for text in rules.body_lacks] == ["maintenance"]
    assert [str(text) for text in rules.body_contains] == ['"ok"']
    assert [str(text) for text in rules.degraded_if_body_contains] == ["slow"]
    assert [str(text) for text in rules.degraded_if_body_lacks] == ["fast"]


@pytest.mark.parametrize(
    ("site", "kind", "url"),
    [
        ("{name: S, url: h.example, check: tcp-ping, port: 22}", "tcp", "tcp://h.example:22"),
        ("{name: S, url: '::1', check: tcp-ping, port: 22}", "tcp", "tcp://[::1]:22"),
        ("{name: S, url: $HOST, check: tcp-ping, port: $PORT}", "tcp", "tcp://$HOST:$PORT"),
        ("{name: S, url: 'h.example:22', check: tcp-ping}", "tcp", "tcp://h.example:22"),
        ("{name: S, url: 'wss://h.example/live', check: ws}", "ws", "wss://h.example/live"),
        ("{name: S, url: h.example, check: ssl}", "tls", "tls://h.example:443"),
        ("{name: S, url: h.example, check: ssl, port: 8443}", "tls", "tls://h.example:8443"),
        ("{name: S, url: $WHOLE}", "http", "$WHOLE"),
        ("{name: S, url: '${{ secrets.WHOLE }}'}", "http", "${{ secrets.WHOLE }}"),
        (
            "{name: S, url: 'https://a.example/$discovery/rest'}",
            "http",
            "https://a.example/$discovery/rest",
        ),
    ],
)
def test_check_and_port_make_the_address(tmp_path: Path, site: str, kind: str, url: str) -> None:
    monitor = one(tmp_path, site)
    assert (monitor.kind, str(monitor.url)) == (kind, url)


def test_ipv6_is_asked_where_upptime_asks_it(tmp_path: Path) -> None:
    monitor = one(tmp_path, "{name: S, url: h.example, check: tcp-ping, port: 22, ipv6: true}")
    assert getattr(monitor.options, "ip") == "6"  # noqa: B009


def test_a_certificate_is_warned_of_seven_days_before(tmp_path: Path) -> None:
    monitor = one(tmp_path, "{name: S, url: h.example, check: ssl}")
    assert getattr(monitor.options, "warn") == 7 * 86_400_000  # noqa: B009


# (a site, the one error for which it is left out)
ERRORS = [
    (
        "{name: S, url: h.example, check: tcp-pin}",
        (
            "5:36: sites.1.check: there is no check 'tcp-pin' "
            "(Upptime would make an http check of it); did you mean 'tcp-ping'?"
        ),
    ),
    (
        "{name: S, url: h.example, check: icmp}",
        (
            "5:36: sites.1.check: there is no check 'icmp' "
            "(Upptime would make an http check of it); known are http, tcp-ping, ssl, ws"
        ),
    ),
    (
        "{name: S, url: h.example, check: tcp-ping, port: 70000}",
        "5:52: sites.1.port: '70000' is not a port; write 1 to 65535",
    ),
    (
        "{name: S, url: h.example/x, check: ssl}",
        "5:18: sites.1.url: 'h.example/x' is not a host; write a name alone",
    ),
    ("{name: S}", "5:3: sites.1.url: is required; add `url:`"),
    ("{url: 'https://a.example'}", "5:3: sites.1.name: is required; add `name:`"),
    (
        "{name: S, url: 'ftp://a.example'}",
        "5:18: sites.1.url: 'ftp' is no scheme of such a check; write http:// or https://",
    ),
    ("{name: S, url: 'https://a.example', method: BREW}", None),
    (
        "{name: S, url: 'https://a.example', maxResponseTime: 5s}",
        "5:56: sites.1.maxResponseTime: must be a whole number (got '5s')",
    ),
    ("{name: S, url: 'https://a.example', expectedStatusCodes: [2000]}", None),
    (
        "{name: S, url: 'https://a.example', slug: ../x}",
        "5:3: sites.1: the slug '../x' cannot be a part of an address; write another `slug:`",
    ),
    (
        "{name: S, url: 'https://a.example', slug: V2}",
        (
            "5:3: sites.1: the slug 'V2' cannot be used: "
            "this id is needed for a published path of its own; write another `slug:`"
        ),
    ),
    ("text", "5:3: sites.1: must be a mapping; write `name:` and `url:`"),
]


@pytest.mark.parametrize(("site", "expected"), ERRORS)
def test_a_site_that_cannot_be_checked_is_left_out_alone(
    tmp_path: Path, site: str, expected: str | None
) -> None:
    text = f"{HEAD}sites:\n- {{name: Good, url: 'https://g.example'}}\n- {site}\n"
    settings = settings_of(tmp_path, text, RC)
    assert [monitor.id for monitor in settings.monitors] == ["good"]
    (problem,) = settings.left_out
    if expected is not None:
        assert str(problem) == f"{RC}:{expected}"
    assert problem.path.startswith("sites.1")
    assert problem.line == 5


# (a site, the one warning it brings)
SITE_WARNINGS = [
    (
        "{name: S, url: 'wss://a.example', check: ws, type: globalping}",
        "4:54: sites.0.type: Globalping makes no ws check: checked from here",
    ),
    (
        "{name: S, url: 'https://a.example', type: global}",
        (
            "4:45: sites.0.type: there is no type 'global': checked from here; "
            "did you mean 'globalping'?"
        ),
    ),
    (
        "{name: S, url: 'https://a.example', expectedStatuscodes: [200]}",
        (
            "4:39: sites.0.expectedStatuscodes: unknown key 'expectedStatuscodes': not used; "
            "did you mean 'expectedStatusCodes'?"
        ),
    ),
    (
        "{name: S, url: 'https://a.example', maxRetries: 5}",
        "4:39: sites.0.maxRetries: has no effect: a check makes three attempts, 2 s and 10 s apart",
    ),
    (
        "{name: S, url: a.example}",
        "4:18: sites.0.url: has no scheme: read as http://; write https:// if you can",
    ),
    (
        "{name: S, url: 'https://a.example', port: 1}",
        "4:45: sites.0.port: is not used by http checks; write it into the url",
    ),
    (
        "{name: S, url: 'https://a.example', ipv6: true}",
        "4:45: sites.0.ipv6: is not used by http checks",
    ),
    (
        "{name: S, url: 'https://a.example', maxRedirects: -1}",
        "4:53: sites.0.maxRedirects: is read as 20, the most that are followed",
    ),
    (
        "{name: S, url: 'https://a.example', maxResponseTime: 90000}",
        (
            "4:56: sites.0.maxResponseTime: can never be reached: a request ends after 60 s; "
            "raise `requestTimeout:` (in seconds) too"
        ),
    ),
    (
        "{name: S, url: 'https://a.example', expectedStatusCodes: [200, 0]}",
        "4:60: sites.0.expectedStatusCodes: no answer (0) is never up: not used",
    ),
    (
        "{name: S, url: 'https://a.example', headers: [hunter2]}",
        "4:48: sites.0.headers: a header without a name is not sent; write `Name: value`",
    ),
    (
        "{name: S, url: 'https://h.example/x', check: ssl}",
        "4:18: sites.0.url: should be a host alone; leave out the scheme and the path",
    ),
    (
        "{name: S, url: $MS_API-ADMIN_URL}",
        (
            "4:18: sites.0.url: a secret's name ends at the hyphen: $MS_API-ADMIN_URL is read as "
            "$MS_API…; name the secret $MS_API_ADMIN_URL, or write ${MS_API} if it is meant so"
        ),
    ),
]


@pytest.mark.parametrize(("site", "expected"), SITE_WARNINGS)
def test_what_a_site_says_in_vain_is_warned_of(tmp_path: Path, site: str, expected: str) -> None:
    settings = settings_of(tmp_path, f"{HEAD}sites:\n- {site}\n", RC)
    assert [str(warning) for warning in settings.warnings] == [f"{RC}:{expected}"]
    assert len(settings.monitors) == 1


def test_what_many_sites_say_in_vain_is_told_once(tmp_path: Path) -> None:
    sites = "".join(
        f"- {{name: S{n}, url: 'https://a.example', icon: 'https://i.example'}}\n" for n in range(9)
    )
    settings = settings_of(tmp_path, f"{HEAD}sites:\n{sites}", RC)
    assert [str(warning) for warning in settings.warnings] == [
        (
            f"{RC}:4:40: sites.0.icon: has no effect: "
            "components have no icons, which would be fetched from strangers (also in 8 more)"
        )
    ]


def test_repeated_slugs_are_numbered_in_file_order(tmp_path: Path) -> None:
    names = ["A", "a", "A-2", "A", "B", {"name": "x", "slug": "b"}, {"name": "y", "slug": "B"}]
    sites = "".join(
        f"- {{name: '{entry['name']}', slug: {entry['slug']}, url: 'https://a.example'}}\n"
        if isinstance(entry, dict)
        else f"- {{name: '{entry}', url: 'https://a.example'}}\n"
        for entry in names
    )
    settings = settings_of(tmp_path, f"{HEAD}sites:\n{sites}", RC)
    ids = [monitor.id for monitor in settings.monitors]
    # The one whose own slug is a-2 keeps it: its history is named so.
    assert ids == ["a", "a-3", "a-2", "a-4", "b", "b-2", "B-3"]
    assert str(settings.warnings[0]) == (
        f"{RC}:5:3: sites.1: the slug 'a' is taken: named 'a-3' here "
        "(Upptime mixes the two into one history); write a `slug:` of its own"
    )


# (the file, the one warning it brings)
TOP_WARNINGS = [
    ("repo: r\nsites: []\n", "`owner:` is missing: links to GitHub cannot be made; add it"),
    (
        HEAD + "sites: []\nPAT: ghp_hunter2\n",
        (
            "has no effect: no personal token is needed; "
            "remove it and revoke the token, for it is public"
        ),
    ),
    (
        HEAD + "sites: []\nstatus-website: {navBar: []}\n",
        "unknown key 'navBar': not used; did you mean 'navbar'?",
    ),
    (HEAD + "sites: []\nstatus-website: {theme: ocean}\n", "'ocean' is shown as dark"),
    (
        HEAD + "sites: []\nstatus-website: {logoUrl: 'javascript:x'}\n",
        (
            "'javascript:x' is not a link that is followed: not used; write the path of a file "
            "in the repository, or an https:// address"
        ),
    ),
    (
        HEAD + "sites: []\nstatus-website: {navbar: [{title: x, href: 'javascript:x'}]}\n",
        "'javascript:x' is not a link that is followed: not shown",
    ),
    (
        HEAD + "sites: []\nstatus-website: {cname: 'a b'}\n",
        "makes no address (https://a b/): feeds are not written",
    ),
    (
        HEAD + "sites: []\nworkflowschedule: {}\n",
        "unknown key 'workflowschedule': not used; did you mean 'workflowSchedule'?",
    ),
]


@pytest.mark.parametrize(("text", "expected"), TOP_WARNINGS)
def test_what_the_file_says_in_vain_is_warned_of(tmp_path: Path, text: str, expected: str) -> None:
    told = [str(warning) for warning in settings_of(tmp_path, text, RC).warnings]
    others = [line for line in told if "there are no sites" not in line]
    assert len(others) == 1
    assert others[0].endswith(f": {expected}")
    assert "hunter2" not in "".join(told)


@pytest.mark.parametrize(
    ("website", "url"),
    [
        ("{}", "https://o.github.io/r/"),
        ("{cname: s.example}", "https://s.example/"),
        ("{cname: s.example, baseUrl: /x}", "https://s.example/x/"),
        ("{baseUrl: /r}", "https://o.github.io/r/"),
    ],
)
def test_the_address_of_the_site_is_that_of_upptime(tmp_path: Path, website: str, url: str) -> None:
    text = f"{HEAD}sites: []\nstatus-website: {website}\n"
    assert settings_of(tmp_path, text, RC).site.url == url


def test_the_site_takes_its_looks_from_the_website(tmp_path: Path) -> None:
    site = settings_of(
        tmp_path,
        HEAD
        + """sites: []
status-website:
  name: Status
  introTitle: "**Bold**"
  introMessage: |
    more
  logoUrl: /logo.png
  theme: night
  navbar:
  - {title: Home, href: /}
  - {title: GitHub, href: https://github.com/$OWNER/$REPO}
  - {title: Bad, url: /x}
""",
        RC,
    ).site
    assert (site.name, site.description) == ("Status", "**Bold**\n\nmore")
    assert (site.logo, site.theme) == ("/logo.png", "dark")
    assert site.nav == (
        NavLink(title="Home", href="/"),
        NavLink(title="GitHub", href="https://github.com/o/r"),
    )


def test_values_of_secrets_never_enter_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("WHOLE", "HEADER", "BODY"):
        monkeypatch.setenv(name, "hunter2")
    settings = settings_of(
        tmp_path,
        f"{HEAD}sites:\n- {{name: S, url: $WHOLE, headers: [$HEADER], body: $BODY, check: http}}\n",
        RC,
    )
    assert "hunter2" not in repr(settings)
    assert settings.components[0].link == ""


@pytest.mark.parametrize("sites", ["{}", "text"])
def test_a_file_without_a_list_of_sites_is_refused(tmp_path: Path, sites: str) -> None:
    (fault,) = faults_of(tmp_path, f"{HEAD}sites: {sites}\n", RC)
    assert fault.startswith(f"{RC}:3:")
    assert fault.endswith("or `sites: []`")


def test_tcp_ping_without_a_port_is_port_80_as_upptime_asks_it(tmp_path: Path) -> None:
    site = "{name: S, url: h.example, check: tcp-ping}"
    settings = settings_of(tmp_path, f"{HEAD}sites:\n- {site}\n", RC)

    assert settings.monitors[0].url.text == "tcp://h.example:80"
    (warning,) = settings.warnings
    assert "is not written: 80 is asked, as Upptime does; add `port:`" in str(warning)


def test_issues_can_be_asked_for_in_upptimes_file(tmp_path: Path) -> None:
    head = "owner: example\nrepo: status\nsites: [{name: A, url: https://a.example/}]\n"
    assert not settings_of(tmp_path, head, ".upptimerc.yml").github.issues
    asked = settings_of(tmp_path, f"{head}github: {{issues: true}}\n", ".upptimerc.yml")
    assert asked.github == GitHubOptions(issues=True)
    assert asked.warnings == ()
    wrong = settings_of(tmp_path, f"{head}github: {{issue: true}}\n", ".upptimerc.yml")
    assert not wrong.github.issues
    (warning,) = wrong.warnings
    assert "did you mean 'issues'?" in str(warning)
