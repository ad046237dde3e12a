"""A configuration of Gatus: what it asked of an answer is asked here, or named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from statusgen.base.errors import InputError
from statusgen.probe.http_options import HttpOptions
from statusgen.takeover.gatus import read_gatus
from statusgen.takeover.gatus_conditions import read_conditions
from statusgen.takeover.secretly import Hider
from tests.probe.rounds import check, said
from tests.probe.servers import Farm, answer
from tests.takeover.moved import by_id, moved, told


@pytest.fixture
def farm() -> Iterator[Farm]:
    with Farm() as running:
        yield running


CONFIG = """\
x-base: &base
  interval: 2m
  client: {timeout: 5s, insecure: true}
ui: {header: Example}
maintenance: {start: "23:30", duration: 1h, timezone: Europe/Berlin, every: [Monday, Thursday]}
alerting: {slack: {webhook-url: "https://hooks.example.com/T/HOOKSECRET"}}
endpoints:
  - <<: *base
    name: Front End
    group: core
    url: "https://ann:hunter2hunter2@example.com/health?token=abcdefgh123&page=1"
    headers: {Authorization: "Bearer abcdefghijklmno", Accept: text/html, X-Env: "${env_name}"}
    conditions: ["[STATUS] == any(200, 204)", "[BODY].state == UP", "[RESPONSE_TIME] < 300",
      "len([BODY].list) > 3", "[IP] == 192.0.2.9"]
  - name: lookup
    url: 192.0.2.53
    dns: {query-name: example.com, query-type: A}
    conditions: ["[BODY] == 192.0.2.1", "[DNS_RCODE] == NOERROR"]
  - {name: ping, url: "icmp://example.com", conditions: ["[CONNECTED] == true"]}
  - {name: mail, url: "tcp://example.com:25", conditions: ["[CONNECTED] == true"]}
  - {name: any, url: "https://example.com/", conditions: ["[CONNECTED] == true"]}
  - {name: off, enabled: false, url: "https://example.com/", conditions: []}
  - {name: torn, url: "http://exa mple", conditions: []}
external-endpoints:
  - {name: pushed, token: potato}
"""


def configuration(folder: Path, text: str = CONFIG) -> Path:
    path = folder / "config.yaml"
    path.write_text(text, "utf-8")
    return path


def test_each_endpoint_is_checked_or_named_with_its_line(tmp_path: Path) -> None:
    brought, site = moved(tmp_path / "own", read_gatus(configuration(tmp_path)))

    assert list(by_id(site)) == ["front-end", "lookup", "mail", "any"]
    named = told(brought)
    assert len(named) == 6
    for begins, words in (
        ("  - <<: *base", "[IP] == 192.0.2.9"), ("  - {name: ping", "icmp://example.com"),
        ("  - {name: off", "disabled"), ("  - {name: torn", "torn"), ("  - {name: pu", "'pushed'"),
        ("alerting", "alerting"),
    ):  # fmt: skip
        line = 1 + CONFIG[: CONFIG.index(begins)].count("\n")
        assert any(f"config.yaml:{line}:" in each and words in each for each in named), words


def test_what_an_answer_must_be_is_taken_along(tmp_path: Path) -> None:
    _, site = moved(tmp_path / "own", read_gatus(configuration(tmp_path)))

    front = by_id(site)["front-end"]
    assert isinstance(front.options, HttpOptions)
    assert front.interval == 120
    assert front.timeout_ms == 5000
    assert front.group == "core"
    assert front.options.insecure
    expect = front.options.expect
    assert [str(each) for each in expect.status] == ["200", "204"]
    assert expect.max_time == 300
    state, listed = expect.json_
    assert (state.path, state.equals) == ("$.state", "UP")
    assert (listed.path, listed.length, listed.more_than) == ("$.list", True, "3")


def test_without_a_condition_on_the_status_any_is_good_as_there(tmp_path: Path) -> None:
    _, site = moved(tmp_path / "own", read_gatus(configuration(tmp_path)))

    plain = by_id(site)["any"].options
    assert isinstance(plain, HttpOptions)
    assert [str(each) for each in plain.expect.status] == ["100-599"]


def test_no_secret_reaches_the_file_and_each_is_asked_for(tmp_path: Path) -> None:
    brought, site = moved(tmp_path / "own", read_gatus(configuration(tmp_path)))

    for secret in ("hunter2", "abcdefgh", "HOOKSECRET", "potato"):
        assert secret not in brought.config
        assert not any(secret in each for each in told(brought))
    assert by_id(site)["front-end"].url.names == ("GATUS_FRONT_END_USER", "GATUS_FRONT_END_TOKEN")
    assert "#   GATUS_FRONT_END_AUTHORIZATION: the header Authorization of front-end" in (
        brought.config
    )
    assert "page=1" in brought.config
    assert 'Accept: "text/html"' in brought.config
    assert "$ENV_NAME" in brought.config


def test_its_maintenance_comes_again_on_its_clock_and_for_all(tmp_path: Path) -> None:
    brought, site = moved(tmp_path / "own", read_gatus(configuration(tmp_path)))

    [window] = site.windows.windows
    assert [path.name for path in brought.files] == [f"{window.id}.md"]
    assert set(window.components) == {"front-end", "lookup", "mail", "any"}
    assert window.when.rule == "FREQ=WEEKLY;BYDAY=MO,TH"
    assert f"{window.when.begins:%a %H:%M}" == "Mon 23:30"
    assert window.when.zone.key == "Europe/Berlin"


def test_a_second_run_writes_nothing_and_leaves_what_was_edited(tmp_path: Path) -> None:
    found = read_gatus(configuration(tmp_path))
    moved(tmp_path / "own", found)
    config = tmp_path / "own" / "data" / "status.yml"
    config.write_text(config.read_text("utf-8") + "# mine\n", "utf-8")

    again, _ = moved(tmp_path / "own", found)

    assert not again.config_written
    assert (list(again.files), again.known_files) == ([], 1)
    assert config.read_text("utf-8").endswith("# mine\n")


def test_a_folder_of_files_is_one_configuration(tmp_path: Path) -> None:
    folder = tmp_path / "config"
    (folder / "more").mkdir(parents=True)
    (folder / "a.yaml").write_text("metrics: true\n", "utf-8")
    for name in ("one", "two"):
        text = (
            f"endpoints:\n- {{name: {name}, url: 'https://{name}.example.com/', conditions: []}}\n"
        )
        (folder / "more" / f"{name}.yml").write_text(text, "utf-8")

    assert [monitor.id for monitor in read_gatus(folder).monitors] == ["one", "two"]


@pytest.mark.parametrize(
    ("conditions", "status"),
    [
        (["[STATUS] == 200"], ["200"]),
        (["[STATUS] < 300"], ["100-299"]),
        (["[STATUS] >= 200", "[STATUS] <= 299"], ["200-299"]),
        (["[STATUS] > 400"], ["401-599"]),
        (["[STATUS] != 404"], ["100-403", "405-599"]),
        (["[STATUS] == pat(2*)"], ["200-299"]),
        (["[STATUS] == any(200, pat(30*))"], ["200", "300-309"]),
        ([], ["100-599"]),
    ],
)
def test_status_codes(conditions: list[str], status: list[str]) -> None:
    found = read_conditions(conditions)

    assert found.status == status
    assert not found.left


@pytest.mark.parametrize(
    "condition",
    [
        "[BODY].a == [BODY].b", "[BODY].name == pat(john*)", "[IP] == 192.0.2.1", "up",
        "[BODY].name < john", "[DOMAIN_EXPIRATION] > 720h", "[STATUS] == 2xx",
        "[STATUS] == 200 || [BODY].ok == true", "len([BODY]) == 5", "has([BODY].a) > 1",
    ],
)  # fmt: skip
def test_what_has_no_counterpart_is_named_and_never_guessed(condition: str) -> None:
    found = read_conditions([condition])

    assert [left for left, _ in found.left] == [condition]
    assert not found.rules
    assert found.status == ["100-599"]


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\n",
        "endpoints: [\n",
        "- just\n- a list\n",
        "",
        "a: &a [x, x]\nb: &b [*a, *a]\n" + "".join(
            f"c{n}: &c{n} [{', '.join([f'*c{n - 1}' if n else '*b'] * 9)}]\n" for n in range(9)
        ) + "endpoints: *c8\n",
    ],
)  # fmt: skip
def test_what_is_no_configuration_is_refused_in_one_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match=r"config\.yaml"):
        read_gatus(configuration(tmp_path, text))


def test_a_pattern_of_a_dns_answer_is_named_for_there_is_no_rule_like_it(tmp_path: Path) -> None:
    text = (
        "endpoints:\n- {name: lookup, url: 192.0.2.53, conditions: ['[BODY] == pat(192.0.*)'],"
        " dns: {query-name: example.com, query-type: A}}\n"
    )
    brought, site = moved(tmp_path / "own", read_gatus(configuration(tmp_path, text)))

    assert list(by_id(site)) == ["lookup"]
    assert [each for each in told(brought) if "a dns check has no such rule" in each]


def test_a_query_of_graphql_is_sent_as_json(tmp_path: Path) -> None:
    text = (
        "endpoints:\n- {name: q, url: 'https://example.com/graphql', method: POST, graphql: true,"
        " body: '{ user { id } }', conditions: ['[STATUS] == 200']}\n"
    )
    _, site = moved(tmp_path / "own", read_gatus(configuration(tmp_path, text)))

    options = by_id(site)["q"].options
    assert isinstance(options, HttpOptions)
    assert options.headers["Content-Type"].text == "application/json"
    assert options.body is not None
    assert options.body.text == '{"query": "{ user { id } }"}'


def test_of_two_patterns_of_a_body_the_second_is_named() -> None:
    found = read_conditions(["[BODY] == pat(a*b)", "[BODY] == pat(c*d)"])

    assert found.rules == {"body_matches": r"(?s)\Aa.*b\Z"}
    assert [left for left, _ in found.left] == ["[BODY] == pat(c*d)"]


def test_two_secrets_never_share_a_name() -> None:
    hider = Hider("Gatus", refers=True)

    names = [
        hider.header("front-end", "Api-Key", "abcdefghijk"),
        hider.header("front", "End-Api-Key", "lmnopqrstuv"),
        hider.header("front-end", "Api-Key", "abcdefghijk"),
    ]

    assert names == [
        "$GATUS_FRONT_END_API_KEY",
        "$GATUS_FRONT_END_API_KEY_2",
        "$GATUS_FRONT_END_API_KEY",
    ]
    assert len(hider.secrets) == 2


def test_a_dollar_stays_one_where_the_tool_knows_no_references() -> None:
    assert Hider("Uptime Kuma", refers=False).text("for $PRICE") == "for $$PRICE"
    assert Hider("Gatus", refers=True).text("for $price") == "for $PRICE"


def test_what_it_takes_from_its_environment_is_asked_for(tmp_path: Path) -> None:
    text = (
        "default-endpoint: &d\n  interval: 5m\n"
        "endpoints:\n"
        "  - {<<: *d, name: A, url: 'https://${HOST}/', conditions: ['[STATUS] == ${OK}']}\n"
        "  - {name: B, url: 'https://b.example/', headers: {Authorization: 'Bearer $TOKEN'}}\n"
    )
    brought, site = moved(tmp_path / "own", read_gatus(configuration(tmp_path, text)))

    head = (tmp_path / "own/data/status.yml").read_text().partition("site:")[0]
    assert "#   HOST: what Gatus takes by ${HOST}\n" in head
    assert "#   TOKEN: what Gatus takes by $TOKEN\n" in head
    assert by_id(site)["a"].interval == 300
    assert by_id(site)["b"].interval == 60  # Gatus' own
    named = told(brought)
    assert any("[STATUS] == ${OK}" in each and "environment" in each for each in named)
    assert any("'default-endpoint' is no key of Gatus; what" in each for each in named)


@pytest.mark.parametrize(
    ("condition", "body", "good", "bad"),
    [
        ("[BODY].State.Status != unhealthy", "json", '{"State": {"Status": "ok"}}',
         '{"State": {"Status": "unhealthy"}}'),
        ("[BODY].State.Status != unhealthy", "json", "{}", '{"State": {"Status": "unhealthy"}}'),
        ("has([BODY].errors) == false", "json", "{}", '{"errors": []}'),
        ("has([BODY].errors) != true", "json", "{}", '{"errors": null}'),
        ("has([BODY].users) == true", "json", '{"users": []}', "{}"),
        ("len([BODY].data.alerts) > 0", "json", '{"data": {"alerts": [1]}}',
         '{"data": {"alerts": []}}'),
        ("len([BODY].name) == 8", "json", '{"name": "john.doe"}', '{"name": "bob"}'),
        ("len([BODY].n) != 2", "json", '{"n": {"a": 1}}', '{"n": [1, 2]}'),
        ("[BODY].id == any(1, 2)", "json", '{"id": 2}', '{"id": 3}'),
        ("[BODY].id == any(a, 'b c')", "json", '{"id": "b c"}', '{"id": "b"}'),
        ('[BODY] != ""', "", "x", " \n"),
        ("len([BODY]) > 0", "", "x", "[ ]"),
        ("[BODY] != down", "", "downtown", " down "),
        ("[BODY] != any(down, off)", "", "on", "off"),
        ("[BODY] != pat(*error*)", "", "fine", "an error here"),
        ("[BODY] != pat(err*)", "", "no error", "error\nagain"),
        ("[BODY] == pat(o?)", "", "ok", "oh no"),
    ],
)  # fmt: skip
def test_what_the_body_must_be_is_asked_of_real_answers(
    farm: Farm, condition: str, body: str, good: str, bad: str
) -> None:
    found = read_conditions([condition])
    assert not found.left
    assert ("json" in found.rules) == (body == "json")
    expect = {"status": found.status, **found.rules}

    assert said(check(farm.start(answer(good.encode())).url, expect=expect)) == "up -"
    assert check(farm.start(answer(bad.encode())).url, expect=expect).reason == "body"


@pytest.mark.parametrize(
    ("condition", "status"),
    [
        ("[STATUS] == 200 || [STATUS] == 404", ["200", "404"]),
        ("[STATUS] >= 200 && [STATUS] < 400", ["200-399"]),
        ("[STATUS] < 300 && [STATUS] >= 200 && [BODY] == pat(*x*)", ["200-299"]),
    ],
)
def test_several_conditions_in_one_are_understood(condition: str, status: list[str]) -> None:
    found = read_conditions([condition])

    assert found.status == status
    assert not found.left


WILD = """\
ui: {header: "${HEADER}", title: Home, description: "by ${WHO}"}
endpoints:
  - {name: whole, url: "${HOMEPAGE}", conditions: ["[STATUS] == 200"]}
  - {name: begun, url: "${PROXY_URL}/json", conditions: ["[BODY].ok == true"]}
  - {name: unknown, url: "${ANYTHING}", conditions: ["[CONNECTED] == true"]}
  - {name: names, url: "${LAN_IP}", dns: {query-name: "${DOMAIN}", query-type: A}}
  - {name: port, url: "tcp://${LAN_IP}:${PORT}", conditions: ["[CONNECTED] == true"]}
  - {name: shell, url: "ssh://ann@h.example", ssh: {username: ann, password: hunter2hunter2},
     conditions: ["[CONNECTED] == true"]}
  - {name: post, url: "starttls://mx.example:25", conditions: ["[CERTIFICATE_EXPIRATION] > 48h"]}
  - {name: gone, url: "https://off.example", conditions: ["[CONNECTED] == false"]}
  - {name: none, url: 192.0.2.53, dns: {query-name: x.example, query-type: A},
     conditions: ["[DNS_RCODE] == NXDOMAIN"]}
  - {name: mutual, url: "https://m.example", timeout: 5s,
     client: {tls: {certificate-file: /c}, proxy-url: "socks5://p"}, conditions: []}
"""


def test_what_real_files_hold_is_taken_over_or_said_with_what_it_means(tmp_path: Path) -> None:
    brought, site = moved(tmp_path / "own", read_gatus(configuration(tmp_path, WILD)))

    assert {name: (each.kind, str(each.url)) for name, each in by_id(site).items()} == {
        "whole": ("http", "${HOMEPAGE}"),
        "begun": ("http", "${PROXY_URL}/json"),
        "names": ("dns", "dns://${LAN_IP}/${DOMAIN}?type=A"),
        "port": ("tcp", "tcp://${LAN_IP}:${PORT}"),
        "shell": ("tcp", "tcp://h.example:22"),
        "post": ("tcp", "tcp://mx.example:25"),
        "mutual": ("http", "https://m.example"),
    }
    assert site.settings.site.name == "Home"
    assert "hunter2" not in brought.config
    assert "#   LAN_IP: what Gatus takes by ${LAN_IP}" in brought.config
    said_of = "\n".join(told(brought))
    for words in (
        "the page's description stands in a variable of Gatus' environment",
        "'unknown': there is no kind of check for '${ANYTHING}'; a variable holds its kind",
        "'shell': ssh is asked for its port alone",
        "'post': starttls is asked for its port alone",
        "'gone': its condition '[CONNECTED] == false'; no check here is up where nothing answers",
        "'none': its condition '[DNS_RCODE] == NXDOMAIN'",
        "client.tls; no check here sends a client certificate",
        "client.proxy-url; it is asked directly",
        "'mutual': timeout:; Gatus reads it under `client:` alone",
    ):
        assert words in said_of, words


def test_an_encrypted_file_says_how_to_decrypt_it(tmp_path: Path) -> None:
    text = 'endpoints:\n- {name: "ENC[x]", url: "ENC[y]"}\nsops: {mac: "ENC[z]", version: 3.9}\n'

    with pytest.raises(InputError, match="is encrypted; decrypt it: sops -d"):
        read_gatus(configuration(tmp_path, text))
