from fractions import Fraction
from pathlib import Path

import pytest

from statusgen.base.target import Metric, Operator, Target
from statusgen.config.settings import Component, GitHubOptions, Group, Objective
from statusgen.probe.kinds.http import HTTP
from tests.config.places import faults_of, settings_of

EXAMPLE = """\
# yaml-language-server: $schema=https://status.example.com/schema/status.json
site:
  name: Example Status
  url: https://status.example.com/
  timezone: Europe/Berlin
monitors:
  - {id: api, name: Backend API, url: https://api.example.com/health, group: Core}
  - id: orders
    name: Order lookup
    url: https://api.example.com/orders/42
    interval: 5m
    http:
      headers: {Authorization: "Bearer $ORDERS_TOKEN"}
      expect: {status: [200], max_time: 800ms, body_contains: '"state":'}
  - {id: mail, name: Mail, url: "tcp://mail.example.com:25"}
  - {id: cert, name: Certificate, url: "tls://www.example.com:443", tls: {warn: 21d}}
objectives:
  - {id: api-30d, monitors: [api], metric: uptime, target: 99.9%, window: 30d}
notifications:
  - {id: team, to: $SLACK_URL, on: [down, up], groups: [Core]}
"""

HEAD = "site: {name: S}\n"
ONE = HEAD + "monitors:\n- id: a\n  name: A\n  url: https://a.example/\n"


def test_the_example_of_the_design_means_what_it_says(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, EXAMPLE)
    assert settings.warnings == ()
    assert settings.left_out == ()
    assert settings.site.url == "https://status.example.com/"
    assert settings.site.timezone.key == "Europe/Berlin"
    assert [(monitor.id, monitor.kind) for monitor in settings.monitors] == [
        ("api", "http"),
        ("orders", "http"),
        ("mail", "tcp"),
        ("cert", "tls"),
    ]
    orders = settings.monitor("orders")
    assert isinstance(orders.options, HTTP.options)
    assert orders.options.expect.status == ("200",)
    assert orders.options.expect.max_time == 800
    assert [text.text for text in orders.options.expect.body_contains] == ['"state":']
    assert orders.options.headers["Authorization"].names == ("ORDERS_TOKEN",)
    assert (orders.interval, settings.monitor("api").interval) == (300, None)
    assert getattr(settings.monitor("cert").options, "warn") == 21 * 86_400_000  # noqa: B009
    assert settings.objectives == (
        Objective(
            id="api-30d",
            target=Target(
                metric=Metric.UPTIME,
                operator=Operator.AT_LEAST,
                value=Fraction(999, 1000),
                window=2_592_000,
                components=("api",),
            ),
        ),
    )
    assert settings.channels[0].to.names == ("SLACK_URL",)
    assert [group.name for group in settings.groups] == ["Core", ""]


def test_the_defaults_are_those_of_the_design(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, ONE)
    monitor = settings.monitors[0]
    assert (monitor.timeout_ms, monitor.deadline_ms) == (10_000, 30_000)
    assert monitor.retry_delays_ms == (2_000, 8_000)
    assert (settings.thresholds.failures, settings.thresholds.successes) == (2, 2)
    assert (settings.blip, settings.history.branch) == (900, "status-data")
    assert (settings.history.retention_days, settings.history.max_gap) == (90, None)
    assert (settings.compat, settings.allow_private) == ("", None)
    schemes = [canary.url.partition(":")[0] for canary in settings.canaries]
    assert schemes == ["https", "https", "tcp"]


def test_everything_can_be_set_for_all_and_for_one(tmp_path: Path) -> None:
    settings = settings_of(
        tmp_path,
        """\
site: {name: S, url: "https://s.example/status", theme: dark, language: de, logo: /l.svg}
defaults:
  timeout: 5s
  deadline: 20s
  retry_delays: 1s
  interval: 1m
  http: {headers: {X-A: "1", X-B: "2"}, expect: {status: 2xx, max_time: 1s}, insecure: true}
  tcp: {max_time: 50ms}
monitors:
- {id: a, name: A, url: "https://a.example"}
- id: b
  name: B
  url: https://b.example
  timeout: 6s
  deadline: 21s
  retry_delays: []
  interval: 2m
  http: {headers: {x-a: "3"}, expect: {max_time: null}, insecure: false, method: HEAD}
- {id: c, name: C, url: "tcp://c.example:1"}
canaries: [https://canary.example/, {id: own, url: "tcp://10.0.0.1:53"}]
thresholds: {failures: 3, successes: 1}
blip: 5m
history: {branch: null, retention: 30d, max_gap: 20m}
compat: upptime
allow_private: false
""",
    )
    a, b, c = settings.monitors
    assert (a.timeout_ms, a.deadline_ms, a.retry_delays_ms, a.interval) == (
        5_000,
        20_000,
        (1_000,),
        60,
    )
    assert (b.timeout_ms, b.deadline_ms, b.retry_delays_ms, b.interval) == (6_000, 21_000, (), 120)
    assert isinstance(a.options, HTTP.options)
    assert isinstance(b.options, HTTP.options)
    assert (a.options.expect.status, a.options.expect.max_time) == (("2xx",), 1_000)
    assert a.options.insecure
    assert not b.options.insecure
    assert (b.options.expect.status, b.options.expect.max_time) == (("2xx",), None)
    # Header names do not differ by case: the monitor's own replaces the one for all.
    assert {name: str(value) for name, value in b.options.headers.items()} == {
        "X-B": "2",
        "x-a": "3",
    }
    assert getattr(c.options, "max_time") == 50  # noqa: B009
    assert [canary.id for canary in settings.canaries] == ["canary-example", "own"]
    assert (settings.thresholds.failures, settings.thresholds.successes) == (3, 1)
    assert (settings.blip, settings.compat, settings.allow_private) == (300, "upptime", False)
    assert settings.history.branch is None
    assert (settings.history.retention_days, settings.history.max_gap) == (30, 1200)
    assert (settings.site.url, settings.site.theme) == ("https://s.example/status/", "dark")
    assert (settings.site.language, settings.site.logo) == ("de", "/l.svg")


def test_no_canaries_means_none(tmp_path: Path) -> None:
    assert settings_of(tmp_path, ONE + "canaries: []\n").canaries == ()


def test_components_and_groups_stand_in_order(tmp_path: Path) -> None:
    settings = settings_of(
        tmp_path,
        """\
site: {name: S}
groups: [Web, {name: Core, description: What all needs}]
monitors:
- {id: a, name: A, url: "https://a.example", group: Core, description: d, link: "https://l.example"}
- {id: b, name: B, url: "https://b.example", group: Core}
- {id: c, name: C, url: "https://c.example", group: Web}
- {id: d, name: D, url: "https://d.example"}
components:
- {id: ab, name: Both, monitors: [a, b]}
- {monitors: c, name: See}
""",
    )
    assert settings.components == (
        Component(id="ab", name="Both", monitors=("a", "b"), group="Core"),
        Component(id="c", name="See", monitors=("c",), group="Web"),
        Component(id="d", name="D", monitors=("d",)),
    )
    assert settings.groups == (
        Group(name="Web", components=("c",)),
        Group(name="Core", components=("ab",), description="What all needs"),
        Group(name="", components=("d",)),
    )


def test_a_component_of_its_own_takes_what_its_monitor_says(tmp_path: Path) -> None:
    text = ONE + "  group: G\n  description: d\n  link: https://l.example/?a=b\n"
    assert settings_of(tmp_path, text).components == (
        Component(
            id="a",
            name="A",
            monitors=("a",),
            group="G",
            description="d",
            link="https://l.example/?a=b",
        ),
    )


def test_a_key_decides_the_kind_where_a_secret_holds_the_whole_address(tmp_path: Path) -> None:
    settings = settings_of(
        tmp_path, HEAD + "monitors:\n- {id: a, name: A, url: $HIDDEN, tls: {warn: 5d}}\n"
    )
    assert (settings.monitors[0].kind, str(settings.monitors[0].url)) == ("tls", "$HIDDEN")


# (what stands in the file, the one fault it has)
FAULTS = [
    ("{}", "1:1: site: is required; add `site:`"),
    ("site:\nmonitors: []\n", "1:6: site: must be a mapping; write `key: value` lines under it"),
    ("site: {}\n", "1:7: site.name: is required; add `name:`"),
    (
        "site: {name: ' '}\n",
        "1:14: site.name: must be one line of text; write a name that visitors understand",
    ),
    (
        "site: {name: S, timezone: Berlin}\n",
        "1:27: site.timezone: 'Berlin' is not a time zone; did you mean 'Europe/Berlin'?",
    ),
    (
        "site: {name: S, timezone: ../../etc/passwd}\n",
        (
            "1:27: site.timezone: '../../etc/passwd' is not a time zone; "
            "write one like Europe/Berlin or UTC"
        ),
    ),
    (
        "site: {name: S, url: status.example.com}\n",
        (
            "1:22: site.url: 'status.example.com' is not a link that is followed; "
            "write it like https://status.example.com/"
        ),
    ),
    (
        "site: {name: S, url: 'https://u:p@s.example/'}\n",
        (
            "1:22: site.url: must have no user name, ? or #; "
            "write it like https://status.example.com/"
        ),
    ),
    (
        "site: {name: S, logo: 'javascript:alert(1)'}\n",
        (
            "1:23: site.logo.light: 'javascript:alert(1)' is not a link that is followed; "
            "write the path of a file in the repository, or an https:// address"
        ),
    ),
    (
        "site: {name: S, theme: drak}\n",
        (
            "1:24: site.theme: must be one of 'auto', 'light' or 'dark' (got 'drak'); "
            "did you mean 'dark'?"
        ),
    ),
    (
        HEAD + "monitors:\n",
        ("2:10: monitors: must be a list; write each entry on a line of its own after `- `"),
    ),
    (
        HEAD + "sites: []\n",
        (
            "2:1: sites: 'sites' is Upptime's key; "
            "call it `monitors:` and give each an id, a name and a url"
        ),
    ),
    (
        HEAD + "endpoints: []\n",
        (
            "2:1: endpoints: 'endpoints' is Gatus's key; "
            "call it `monitors:` and give each an id, a name and a url"
        ),
    ),
    (HEAD + "monitor: []\n", "2:1: monitor: unknown key 'monitor'; did you mean 'monitors'?"),
    (
        ONE.replace("id: a", "id: A"),
        (
            "3:7: monitors.0.id: 'A' is no id: an id is 1 to 63 lower-case letters, "
            "digits and hyphens, and begins with no hyphen; write a"
        ),
    ),
    (
        ONE.replace("id: a", "id: v2"),
        (
            "3:7: monitors.0.id: 'v2' is no id: "
            "this id is needed for a published path of its own; write site-v2"
        ),
    ),
    (
        ONE.replace("id: a", "id: 2026-11"),
        (
            "3:7: monitors.0.id: '2026-11' is no id: "
            "this id is needed for a published path of its own; write site-2026-11"
        ),
    ),
    (
        ONE.replace("id: a", "id: con"),
        "3:7: monitors.0.id: 'con' is no id: this id is a device name on Windows; write site-con",
    ),
    (
        ONE + "- {id: a, name: B, url: 'https://b.example'}\n",
        "6:8: monitors.1.id: the id 'a' is taken by line 3; give each its own",
    ),
    (
        ONE.replace("https://a.example/", "htp://a.example/"),
        "5:8: monitors.0.url: 'htp' is no kind of check that we know; did you mean 'http'?",
    ),
    (
        ONE.replace("https://a.example/", "icmp://a.example/"),
        (
            "5:8: monitors.0.url: 'icmp' is no kind of check that we know; "
            "known are http, https, tcp, tls, ws, wss, dns and statuspage"
        ),
    ),
    (
        ONE.replace("https://a.example/", "a.example"),
        (
            "5:8: monitors.0.url: 'a.example' has no scheme; "
            "write https://… (known are http, https, tcp, tls, ws, wss, dns and statuspage)"
        ),
    ),
    (
        ONE.replace("https://a.example/", "a.example:25"),
        "5:8: monitors.0.url: 'a.example:25' has no scheme; write tcp://a.example:25",
    ),
    (
        ONE.replace("https://a.example/", "$A"),
        (
            "5:8: monitors.0.url: a secret holds the whole address, so the kind of "
            "check cannot be told; "
            "write its scheme before the secret, or one of the keys "
            "`http:`, `tcp:`, `tls:`, `ws:`, `dns:` and `statuspage:`"
        ),
    ),
    (
        ONE.replace("https://a.example/", "'https://a.example/ x'"),
        "5:8: monitors.0.url: holds a space or a control character; write %20 for a space",
    ),
    (
        ONE.replace("https://a.example/", "https:///x"),
        "5:8: monitors.0.url: names no host; write one like http://example.com",
    ),
    (
        ONE + "  tcp: {}\n",
        (
            "6:3: monitors.0.tcp: `tcp:` is for tcp monitors, and this url makes it an http one; "
            "remove it, or write it under `http:`"
        ),
    ),
    (
        ONE + "  link: javascript:alert(1)\n",
        (
            "6:9: monitors.0.link: 'javascript:alert(1)' is not a link that is followed; "
            "write an http://, https:// or mailto: address"
        ),
    ),
    (
        ONE + "  http: {expct: 1}\n",
        "6:10: monitors.0.http.expct: unknown key 'expct'; did you mean 'expect'?",
    ),
    (
        ONE + "  http: {expect: {max_tme: 1s}}\n",
        "6:19: monitors.0.http.expect.max_tme: unknown key 'max_tme'; did you mean 'max_time'?",
    ),
    (
        ONE + "defaults: {http: {expct: 1}}\n",
        "6:19: defaults.http.expct: unknown key 'expct'; did you mean 'expect'?",
    ),
    (
        ONE + '  http: {headers: {"X y": a}}\n',
        (
            "6:20: monitors.0.http.headers.X y: 'X y' is not a header's name; "
            "write letters, digits and hyphens"
        ),
    ),
    (
        ONE + '  http: {headers: {X-A: "a\\r\\nX-B: b"}}\n',
        (
            "6:25: monitors.0.http.headers.X-A: holds a line break or control character; "
            "write the header's value in one line"
        ),
    ),
    (
        ONE + "  http: {expect: {status: [200, 99]}}\n",
        (
            "6:33: monitors.0.http.expect.status.1: '99' names no status code; "
            "write codes from 100 to 999: 200, 2xx or 200-299"
        ),
    ),
    (
        ONE + "  http: {expect: {status: 299-200}}\n",
        "6:27: monitors.0.http.expect.status.0: '299-200' runs backwards; write 200-299",
    ),
    (
        ONE + "  http: {expect: {max_time: 11s}}\n",
        (
            "6:29: monitors.0.http.expect.max_time: can never be reached: an "
            "attempt ends after 10 s; "
            "make it shorter, or `timeout:` longer"
        ),
    ),
    (
        ONE + "defaults: {tls: {max_time: 11s}}\n",
        (
            "6:28: defaults.tls.max_time: can never be reached: an attempt ends after 10 s; "
            "make it shorter, or `timeout:` longer"
        ),
    ),
    (
        ONE + "  timeout: 31s\n",
        (
            "6:12: monitors.0.timeout: one attempt may take 31 s, but the whole check 30 s; "
            "make the timeout shorter or the deadline longer"
        ),
    ),
    (
        ONE + "  deadline: 500ms\n",
        (
            "6:13: monitors.0.deadline: one attempt may take 10 s, but the whole check 500 ms; "
            "make the timeout shorter or the deadline longer"
        ),
    ),
    (
        ONE + "  interval: 500ms\n",
        "6:13: monitors.0.interval: must be one or more whole seconds; write it like 30s or 5m",
    ),
    (
        ONE + "  interval: 300\n",
        (
            "6:13: monitors.0.interval: '300' has no unit; write a number with a "
            "unit, like 800ms, 30s, 5m, 1h or 21d"
        ),
    ),
    (
        ONE + "  timeout: 0s\n",
        "6:12: monitors.0.timeout: must be longer than nothing; write a duration like 10s",
    ),
    (
        ONE + "components: [{monitors: [b]}]\n",
        "6:26: components.0.monitors.0: there is no monitor 'b'; known are a",
    ),
    (
        ONE + "components: [{id: x, monitors: [a]}]\n",
        (
            "6:19: components.0.id: a component of one monitor has the monitor's id; "
            "write a, or leave the id out"
        ),
    ),
    (
        ONE + "- {id: b, name: B, url: 'https://b.example'}\n"
        "components: [{id: a, name: X, monitors: [a, b]}]\n",
        (
            "7:19: components.0.id: the id 'a' is taken by a monitor; "
            "give a component of several monitors an id of its own"
        ),
    ),
    (
        ONE
        + "- {id: b, name: B, url: 'https://b.example'}\ncomponents: [{id: x, monitors: [a, b]}]\n",
        "7:14: components.0.name: is required where a component has several monitors; add `name:`",
    ),
    (
        ONE + "components: [{monitors: [a, a], id: x, name: X}]\n",
        "6:29: components.0.monitors.1: 'a' is listed twice",
    ),
    (ONE + "groups: [G, g]\n", "6:13: groups.1: the group 'g' is listed twice; remove one"),
    (
        ONE + "  group: core\n- {id: b, name: B, url: 'https://b.example', group: Core}\n",
        "7:53: monitors.1.group: 'Core' and 'core' would be two groups; write both the same",
    ),
    (
        ONE + "objectives: [{id: o, monitors: [zz], target: 99%}]\n",
        "6:33: objectives.0.monitors.0: there is no monitor 'zz'; known are a",
    ),
    (
        ONE + "objectives: [{id: o, monitors: a, target: 99.9}]\n",
        "6:43: objectives.0.target: '99.9' is not between 0% and 100%; write 99.9%",
    ),
    (
        ONE + "objectives: [{id: o, monitors: a, target: 100%}]\n",
        (
            "6:43: objectives.0.target: '100%' is not between 0% and 100%; "
            "write a share of the time, like 99.9%"
        ),
    ),
    (
        ONE + "objectives: [{id: o, monitors: a, target: NaN}]\n",
        "6:43: objectives.0.target: 'NaN' is not a share; write a share of the time, like 99.9%",
    ),
    (
        ONE + "objectives: [{id: o, monitors: a, target: 99%, metric: uptme}]\n",
        "6:56: objectives.0.metric: must be one of 'uptime' (got 'uptme'); did you mean 'uptime'?",
    ),
    (
        ONE + "notifications: [{to: $X, on: dwn}]\n",
        (
            "6:30: notifications.0.on.0: must be one of 'down', 'up', 'degraded', 'incident', "
            "'maintenance' or 'objective' (got 'dwn'); did you mean 'down'?"
        ),
    ),
    (
        ONE + "  group: Core\nnotifications: [{to: $X, groups: [core]}]\n",
        "7:35: notifications.0.groups.0: there is no group 'core'; did you mean 'Core'?",
    ),
    (
        ONE + "canaries: [ftp://x.example]\n",
        "6:12: canaries.0.url: 'ftp' cannot be a canary; write https://… or tcp://host:port",
    ),
    (
        ONE + "canaries: [tcp://x.example]\n",
        "6:12: canaries.0.url: 'tcp://x.example' names no port; write https://… or tcp://host:port",
    ),
    (
        ONE + "canaries: [https://x.example/a, https://x.example/b]\n",
        (
            "6:33: canaries.1: there is a canary 'x-example' already; "
            "ask another host: two answers of one prove little"
        ),
    ),
    (
        ONE + "history: {branch: --upload-pack=x}\n",
        "6:19: history.branch: '--upload-pack=x' cannot be a branch; write a name like status-data",
    ),
    (
        ONE + "history: {retention: 36h}\n",
        "6:22: history.retention: must be one or more whole days; write it like 90d",
    ),
    (
        ONE + "thresholds: {failures: 0}\n",
        "6:24: thresholds.failures: must be 1 or more (got '0')",
    ),
    (
        ONE + "allow_private: no\n",
        "6:16: allow_private: 'no' is not true or false; write false",
    ),
]


@pytest.mark.parametrize(("text", "expected"), FAULTS)
def test_each_fault_is_told_at_its_place_with_the_fix(
    tmp_path: Path, text: str, expected: str
) -> None:
    assert faults_of(tmp_path, text) == [f"status.yml:{expected}"]


def test_every_fault_is_told_at_once_in_file_order(tmp_path: Path) -> None:
    faults = faults_of(
        tmp_path,
        """\
site: {nam: S}
monitors:
- {id: a, name: A, url: "htp://a.example"}
- {id: a, name: A, url: "https://a.example", http: {expect: {status: 1, body_matches: (}}}
- {id: b, name: A, url: "https://a.example", timeout: 40s, tcp: {max_tme: 1s}}
objectives: [{id: o, monitors: c, target: 2}]
sites: []
""",
    )
    places = [int(fault.split(":")[1]) for fault in faults]
    assert places == [1, 3, 4, 4, 4, 5, 5, 5, 6, 6, 7]


# (what stands in the file, the one warning it brings)
WARNINGS = [
    (HEAD, "1:1: monitors: there are no monitors: nothing will be checked; add one"),
    (
        ONE + "  interval: 2h\n",
        (
            "6:13: monitors.0.interval: the page will be grey between checks: one "
            "is held to stand for "
            "1 h, and the next comes after 2 h; "
            "write at most 3600s, or a longer `max_gap:` under `history:`"
        ),
    ),
    (
        ONE + "defaults: {interval: 10m}\nhistory: {max_gap: 5m}\n",
        (
            "6:22: defaults.interval: the page will be grey between checks: one is "
            "held to stand for "
            "5 min, and the next comes after 10 min; "
            "write at most 300s, or a longer `max_gap:` under `history:`"
        ),
    ),
    (ONE + "  group: G\ngroups: [G, H]\n", "7:13: groups.1: nothing stands in the group 'H'"),
    (
        ONE + "  http: {headers: {Authorization: Bearer abcdef}}\n",
        (
            "6:35: monitors.0.http.headers.Authorization: a secret seems to stand "
            "here in the open; "
            "put it in a secret and write $NAME"
        ),
    ),
    (
        ONE.replace("https://a", "https://u:hunter2@a"),
        (
            "5:8: monitors.0.url: a password stands here in the open; "
            "put it in a secret and write $NAME"
        ),
    ),
    (
        ONE + "notifications: [{id: h, to: 'https://hooks.example/T0/B0/x'}]\n",
        (
            "6:29: notifications.0.to: a channel's address is a secret and stands "
            "here in the open; "
            "put it in a secret and write $NAME"
        ),
    ),
    (
        ONE.replace("a.example", "$A-API_URL"),
        (
            "5:8: monitors.0.url: a secret's name ends at the hyphen: $A-API_URL is read as $A…; "
            "name the secret $A_API_URL, or write ${A} if it is meant so"
        ),
    ),
    (
        ONE + "  group: G\n- {id: b, name: B, url: 'tcp://b.example:1', group: H}\n"
        "notifications: [{to: $X, groups: [H], monitors: [a]}]\n",
        (
            "8:17: notifications.0: none of its monitors stands in one of its groups: "
            "it will never be used; keep either `groups:` or `monitors:`"
        ),
    ),
]


@pytest.mark.parametrize(("text", "expected"), WARNINGS)
def test_what_will_surprise_is_warned_of(tmp_path: Path, text: str, expected: str) -> None:
    warnings = [str(warning) for warning in settings_of(tmp_path, text).warnings]
    assert warnings == [f"status.yml:{expected}"]


def test_a_group_that_is_not_listed_is_warned_of_with_the_nearest(tmp_path: Path) -> None:
    text = ONE + "  group: Corr\n- {id: b, name: B, url: 'tcp://b.example:1', group: Core}\n"
    warnings = settings_of(tmp_path, text + "groups: [Core]\n").warnings
    assert [str(warning) for warning in warnings] == [
        (
            "status.yml:6:10: monitors.0.group: the group 'Corr' is not listed under `groups:`, "
            "so it stands last; did you mean 'Core'?"
        )
    ]


@pytest.mark.parametrize("secret", ["hunter2", "s3cr3t-value"])
def test_values_of_secrets_never_enter_the_settings(
    tmp_path: Path, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORDERS_TOKEN", secret)
    monkeypatch.setenv("SLACK_URL", secret)
    settings = settings_of(tmp_path, EXAMPLE)
    assert secret not in repr(settings) + str(settings)


def test_a_secret_that_stands_in_a_faulty_url_or_header_is_not_repeated(tmp_path: Path) -> None:
    faults = faults_of(
        tmp_path,
        HEAD
        + "monitors:\n"
        + "- {id: a, name: A, url: 'htp://u:hunter2@a.example'}\n"
        + "- {id: b, name: B, url: '//u:hunter2@a.example'}\n"
        + "- {id: c, name: C, url: 'https://u:hunter2@[::1'}\n"
        + '- {id: d, name: D, url: "https://d.example", http: {headers: {X: "hunter2\\n"}}}\n',
    )
    assert len(faults) == 4
    assert not [fault for fault in faults if "hunter2" in fault]


def test_issues_are_opt_in_and_say_where(tmp_path: Path) -> None:
    assert not settings_of(tmp_path, ONE).github.issues
    written = "github: {issues: true, label: outage, repository: example/status}\n"
    options = settings_of(tmp_path, ONE + written).github
    assert options == GitHubOptions(issues=True, label="outage", repository="example/status")


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("{issues: yes}", "true"),
        ("{label: maintenance}", "the label of planned work"),
        ("{label: 'a,b'}", "no comma"),
        ("{repository: 'https://github.com/example/status'}", "like example/status"),
        ("{issue: true}", "did you mean 'issues'?"),
    ],
)
def test_faults_of_github_are_told(written: str, says: str, tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, f"{ONE}github: {written}\n")
    assert fault.startswith("status.yml:6:")
    assert says in fault
