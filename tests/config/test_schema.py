import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from statusgen.base.errors import InputError
from statusgen.config.schema import status_schema
from statusgen.probe.kinds import KINDS
from tests.config.places import ROOT, settings_of
from tests.config.test_statusfile import EXAMPLE, ONE
from tests.fixtures import SITE

SCHEMA = status_schema(KINDS)


class Core(yaml.SafeLoader):
    """YAML 1.2 as editors read it."""


Core.yaml_implicit_resolvers = {}
Core.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|)$"), ["~", "n", ""])
Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), ["t", "f"])
Core.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"^[-+]?[0-9]+$"), list("-+0123456789")
)
Core.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"^[-+]?[0-9]+\.[0-9]+$"),
    list("-+0123456789"),
)


def schema_takes(text: str) -> bool:
    data = yaml.load(text, Core)
    return jsonschema.Draft202012Validator(SCHEMA).is_valid(data)


def reader_takes(folder: Path, text: str) -> bool:
    try:
        settings_of(folder, text)
    except InputError:
        return False
    return True


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"


GOOD = [
    EXAMPLE,
    ONE,
    (SITE / "data" / "status.yml").read_text(encoding="utf-8"),
    ONE + "  http:\n",
    ONE + "  http: {ip: 4, headers: {X: 1}, body: 5, expect: {status: 200, body_contains: 7}}\n",
    ONE + "  http: {expect: {status: [2xx, 301-302, 404], max_time: null}, insecure: true}\n",
    ONE
    + "  interval: 1h 30m\n  retry_delays: [1s, 2s]\n  group: 2024\n  link: mailto:a@b.example\n",
    ONE + "  retry_delays: []\n",
    ONE + "defaults: {retry_delays: 1s, tls: {warn: 3w}}\n",
    ONE + "components: [{monitors: a}, ]\n",
    ONE + "groups: [A, {name: B, description: x}]\n",
    ONE + "canaries: [https://x.example, {id: y, url: 'tcp://y.example:53'}]\n",
    ONE + "canaries: []\n",
    ONE + "history: {branch: null, retention: 30d, max_gap: 1h}\ncompat: upptime\nblip: 5m\n",
    ONE + "thresholds: {failures: 3}\nallow_private: false\n",
    ONE + "notifications: [{to: $X, on: down, monitors: a}]\n",
    ONE + "notifications: [{to: $X, quiet_hours: 22:00-7:00, digest: never, reminders: 1h}]\n",
    ONE + "notifications: [{to: $X, quiet_hours: {hours: 1:00-2:00, timezone: UTC}}]\n",
    ONE + "notifications: [{id: a, to: $X, on: []}, {to: $Y, escalate: {after: 5m, to: a}}]\n",
    ONE + "notifications: [{to: $X, impact: major, template: {title: '{site}'}}]\nheartbeat: $Y\n",
    ONE + "heartbeat: {ok: $X, fail: $Y}\n",
    "site: {name: 1, logo: x/y.svg, nav: [{title: a, href: /}], language: pt-BR}\n",
    ONE.replace("https://a.example/", "$HIDDEN") + "  tcp: {ip: 6}\n",
]

BAD = [
    "{}",
    "monitors: []\n",
    "site: text\n",
    "site: {name: [a]}\n",
    "site: {name: S, theme: red}\n",
    "site: {name: S, url: s.example}\n",
    "site: {name: S, logo: 'javascript:x'}\n",
    "site: {name: S, language: '!'}\n",
    ONE + "nonsense: 1\n",
    ONE + "sites: []\n",
    ONE.replace("id: a", "id: A"),
    ONE.replace("  name: A\n", ""),
    ONE.replace("https:", "htp:"),
    ONE.replace("https://a.example/", "a.example"),
    ONE + "  tcp: {ip: 4}\n",
    ONE + "  http: {expct: {}}\n",
    ONE + "  http: {method: BREW}\n",
    ONE + "  http: {headers: {'a b': c}}\n",
    ONE + "  http: {expect: {status: 99}}\n",
    ONE + "  http: {expect: {status: 200-20}}\n",
    ONE + "  http: {redirects: 21}\n",
    ONE + "  http: {redirects: few}\n",
    ONE + "  http: {insecure: yes}\n",
    ONE + "  interval: 5\n",
    ONE + "  interval: 5 minutes\n",
    ONE + "  link: /relative\n",
    ONE + "components: [{name: x}]\n",
    ONE + "components: [{monitors: []}]\n",
    ONE + "canaries: [ftp://x.example]\n",
    ONE + "thresholds: {failures: 0}\n",
    ONE + "compat: gatus\n",
    ONE + "notifications: [{to: $X, on: dwn}]\n",
    ONE + "notifications: [{on: down}]\n",
    ONE + "notifications: [{to: $X, quiet_hours: 22-7}]\n",
    ONE + "notifications: [{to: $X, digest: 1}]\n",
    ONE + "notifications: [{to: $X, impact: bad}]\n",
    ONE + "notifications: [{to: $X, reminders: often}]\n",
    ONE + "heartbeat: {fail: $Y}\n",
    ONE + "objectives: [{id: o, monitors: a, target: 9%, metric: speed}]\n",
]


@pytest.mark.parametrize("text", GOOD)
def test_what_the_reader_takes_the_schema_takes(tmp_path: Path, text: str) -> None:
    assert reader_takes(tmp_path, text)
    assert schema_takes(text)


@pytest.mark.parametrize("text", BAD)
def test_what_the_schema_refuses_the_reader_refuses(tmp_path: Path, text: str) -> None:
    assert not schema_takes(text)
    assert not reader_takes(tmp_path, text)


def properties(node: Any) -> dict[str, Any]:
    found = {}
    if isinstance(node, dict):
        if isinstance(node.get("properties"), dict):
            found.update(node["properties"])
        for part in node.values():
            found |= properties(part)
    return found


def test_our_own_units_do_not_show() -> None:
    assert '"default"' not in json.dumps(SCHEMA)


def test_every_key_of_every_kind_is_completed_with_words() -> None:
    monitor = SCHEMA["$defs"]["Monitor"]["properties"]
    assert {"id", "name", "url", "interval", "timeout", "deadline", "http", "tcp", "tls"} <= set(
        monitor
    )
    assert set(SCHEMA["$defs"]["HttpOptions"]["properties"]) == set(KINDS[0].options.model_fields)
    wordless = [
        key
        for name, definition in SCHEMA["$defs"].items()
        for shape in (definition, *definition.get("anyOf", ()))
        for key, value in shape.get("properties", {}).items()
        if key not in ("id", "name", "title", "href") and not described(value)
    ]
    assert wordless == []
    assert "slower" in monitor_text("max_time").lower()


def described(value: dict[str, Any]) -> bool:
    """A key that holds a whole mapping is described where the mapping is."""
    target = SCHEMA["$defs"].get(value.get("$ref", "").rpartition("/")[2], {})
    return bool(value.get("description") or target.get("description"))


def monitor_text(key: str) -> str:
    return str(properties(SCHEMA["$defs"]["HttpExpect"])[key]["description"])


def test_the_schema_is_the_same_in_every_process() -> None:
    program = (
        "import json; from statusgen.config.schema import status_schema; "
        "from statusgen.probe.kinds import KINDS; print(json.dumps(status_schema(KINDS)))"
    )
    made = [
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
            text=True,
        ).stdout.strip()
        for seed in ("1", "2")
    ]
    assert made[0] == made[1] == json.dumps(SCHEMA)
    assert str(ROOT) not in made[0]
