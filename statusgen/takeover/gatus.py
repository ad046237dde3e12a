"""Gatus: the endpoints of its configuration, a file or a folder of them.

Its past stands in a database that its API does not give out, so none is taken over.
Source: Gatus' README, version 5.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from statusgen.base.errors import InputError, Problem
from statusgen.base.text import one_line, quote
from statusgen.incident.window import Window
from statusgen.takeover.foreign import Foreign, listed, mapping, read_bytes, read_yaml, text
from statusgen.takeover.found import Found, FoundMonitor, Ids, Written, with_deadline
from statusgen.takeover.gatus_conditions import Expected, expects_nothing, read_conditions
from statusgen.takeover.gatus_windows import window_of
from statusgen.takeover.secretly import Hider

_TOP = frozenset({"endpoints", "services", "ui", "maintenance", "external-endpoints", "suites"})
_QUIET = frozenset(
    {"metrics", "debug", "storage", "web", "concurrency", "skip-invalid-config-update"}
)
"""What a site without a server has no use for."""
_KNOWN = frozenset(
    {"enabled", "name", "group", "url", "method", "body", "headers", "conditions", "interval"}
    | {"graphql", "dns", "client", "ui", "ssh", "alerts", "extra-labels", "maintenance-windows"}
)
_OF_CLIENT = frozenset({"insecure", "timeout", "ignore-redirect", "proxy-url", "dns-resolver"})
_CLIENT = {
    "tls": "no check here sends a client certificate: look whether it answers without one",
    "proxy-url": "it is asked directly: look whether it can be reached so",
    "oauth2": "it is asked without a token: write a header that holds one",
    "identity-aware-proxy": "it is asked without a token: write a header that holds one",
    "dns-resolver": "the system's resolver is asked for its name",
    "insecure": "its certificate is verified",
}
"""Keys of ``client`` that have no counterpart → what that means for the check."""
_PORT_ALONE = {"ssh": 22, "starttls": 587}
"""Kinds of which the port is asked, and its number where none is written."""
_INTERVAL = "60s"
"""Gatus' own, where an endpoint names none."""
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_PLACEHOLDER = re.compile(r"\[(?:ENDPOINT_\w+|LOCAL_ADDRESS|RANDOM_STRING_\d+|CONTEXT)\]")


def read_gatus(place: Path) -> Found:
    """Read a configuration. Raises InputError where nothing in it is Gatus'."""
    reader = _Reader()
    for path in _files(place):
        file = read_yaml(read_bytes(path).decode("utf-8", "replace"), str(path))
        if mapping(mapping(file.data).get("sops")):
            raise InputError([Problem("is encrypted", "decrypt it: sops -d", file=str(path))])
        reader.read(file)
    if not reader.known:
        problem = Problem(
            "is no configuration of Gatus", "it has a list `endpoints:`", file=str(place)
        )
        raise InputError([problem])
    return reader.found()


def _files(place: Path) -> list[Path]:
    if not place.is_dir():
        return [place]
    found = sorted(path for suffix in ("yaml", "yml") for path in place.rglob(f"*.{suffix}"))
    if not found:
        raise InputError([Problem("holds no .yaml file", file=str(place))])
    return found


class _Reader:
    def __init__(self) -> None:
        self.known = False
        self._ids = Ids()
        self._hider = Hider("Gatus", refers=True)
        self._site: dict[str, Written] = {}
        self._monitors: list[FoundMonitor] = []
        self._windows: list[Window] = []
        self._left: list[Problem] = []
        self._file = Foreign("", {})

    def found(self) -> Found:
        return Found(
            tool="Gatus",
            site=self._site,
            monitors=self._monitors,
            windows=self._windows,
            file=self._file.file,
            left=self._left,
            secrets=self._hider.secrets,
        )

    def read(self, file: Foreign) -> None:
        self._file = file
        data = mapping(file.data)
        self.known = self.known or bool(_TOP & data.keys())
        self._page(mapping(data.get("ui")))
        for endpoint in listed(data.get("endpoints")) + listed(data.get("services")):
            self._endpoint(mapping(endpoint), self._file.line(endpoint))
        self._windows += self._planned(data.get("maintenance"), ())
        for endpoint in listed(data.get("external-endpoints")):
            self._leave(
                f"the external endpoint {_named(mapping(endpoint))} is told by others, not checked",
                "let its own job ask heartbeat addresses, or check what it serves",
                self._file.line(endpoint),
            )
        for suite in listed(data.get("suites")):
            self._leave(
                f"the suite {_named(mapping(suite))} asks several addresses in a row",
                "check its first one alone, or an address that answers for all",
                self._file.line(suite),
            )
        for message in listed(data.get("announcements")):
            said = quote(one_line(text(mapping(message).get("message"))), 120)
            fix = "write it as an incident: statusgen incident open"
            self._leave(f"the announcement {said}", fix, self._file.line(message))
        if data.get("alerting"):
            fix = "write notifications: in data/status.yml, the guide tells each channel"
            self._leave("alerting", fix, self._file.line(data["alerting"]))
        for key in sorted(data.keys() - _TOP - _QUIET - {"announcements", "alerting"}):
            if not key.startswith("x-"):
                told = f"{quote(key, 60)} is no key of Gatus"
                fix = "what endpoints take from it by an alias (`<<: *name`) came along"
                self._leave(told, fix, self._file.line(data[key]))

    def _page(self, ui: Mapping[str, Any]) -> None:
        """Take what the page is called; what stands in Gatus' environment is not known here."""
        for key, names in (("name", ("header", "title")), ("description", ("description",))):
            said = [one_line(text(ui.get(name))) for name in names]
            known = [each for each in said if each and not self._hider.refers_in(each)]
            if known:
                self._site.setdefault(key, known[0])
            elif any(said):
                fix = f"write it as `{key}:` under `site:`"
                told = f"ui: the page's {key} stands in a variable of Gatus' environment"
                self._leave(told, fix, self._file.line(ui))

    def _endpoint(self, endpoint: Mapping[str, Any], line: int) -> None:
        name, url = text(endpoint.get("name")), text(endpoint.get("url"))
        told = _named(endpoint)
        if text(endpoint.get("enabled")).lower() == "false":
            self._leave(f"{told} is disabled", "", line)
            return
        if not name or not url:
            self._leave(f"{told} has no {'url' if name else 'name'}", "", line)
            return
        conditions = [one_line(each) for each in listed(endpoint.get("conditions"))]
        if contrary := expects_nothing(conditions):
            fix = "no check here is up where nothing answers"
            self._leave(f"{told}: its condition {quote(contrary, 80)}", fix, line)
            return
        identifier = self._ids.of(name)
        expected = read_conditions(conditions)
        made = self._address(identifier, told, url, endpoint, expected, line)
        if made is None:
            return
        kind, address, options = made
        monitor = FoundMonitor(
            id=identifier,
            name=one_line(name),
            url=address,
            group=one_line(text(endpoint.get("group"))),
            common=self._common(endpoint, told, line),
            kind=kind,
            options=options,
            line=line,
        )
        self._monitors.append(monitor)
        for condition, why in expected.left:
            fix = f"{identifier} is checked without it"
            self._leave(f"{told}: the condition {quote(condition, 80)}: {why}", fix, line)
        for window in listed(endpoint.get("maintenance-windows")):
            self._windows += self._planned(window, (identifier,))
        for key in sorted(endpoint.keys() - _KNOWN):
            fix = "Gatus reads it under `client:` alone, so it had no effect"
            self._leave(f"{told}: {one_line(key, 60)}:", fix if key in _OF_CLIENT else "", line)

    def _address(
        self,
        identifier: str,
        told: str,
        url: str,
        endpoint: Mapping[str, Any],
        expected: Expected,
        line: int,
    ) -> tuple[str, str, dict[str, Written]] | None:
        """Return kind, address and options; None where there is no such kind here."""
        dns = mapping(endpoint.get("dns"))
        if dns:
            return _dns(self._hider, url, dns, expected)
        scheme = url.partition("://")[0].lower() if "://" in url else ""
        if self._hider.refers_in(url, first=True) and expected.about_http:
            scheme = "http"  # a variable holds it: nothing else has a status or a body
        if scheme in _PORT_ALONE:
            self._leave(
                f"{told}: {scheme} is asked for its port alone",
                "add a monitor of the kind tls where its certificate matters"
                if scheme == "starttls"
                else "nobody logs in",
                line,
            )
            url = _port_of(url, _PORT_ALONE[scheme])
            scheme = "tcp"
        if scheme in ("http", "https"):
            return (
                "http",
                self._hider.url(identifier, url),
                self._http(identifier, told, endpoint, expected, line),
            )
        if scheme in ("tcp", "tls", "ws", "wss"):
            return self._socket(
                scheme, self._hider.url(identifier, url), told, endpoint, expected, line
            )
        instead = {"icmp": "check a port that answers: tcp://host:443"}
        fix = instead.get(scheme, "check another address of it")
        if self._hider.refers_in(url, first=True):
            fix = "a variable holds its kind: write the scheme before it (tcp://$NAME)"
        self._leave(f"{told}: there is no kind of check for {quote(url, 100)}", fix, line)
        return None

    def _http(
        self,
        identifier: str,
        told: str,
        endpoint: Mapping[str, Any],
        expected: Expected,
        line: int,
    ) -> dict[str, Written]:
        options: dict[str, Written] = {}
        method = text(endpoint.get("method")).upper() or "GET"
        body = text(endpoint.get("body"))
        graphql = text(endpoint.get("graphql")).lower() == "true"
        if graphql and body:
            body = json.dumps({"query": body}, ensure_ascii=False)
        if method in _METHODS:
            options |= {"method": method} if method != "GET" else {}
        else:
            self._leave(f"{told}: the method {quote(method, 20)}", "it is checked by GET", line)
        headers = {
            name: self._hider.header(identifier, name, text(value))
            for name, value in mapping(endpoint.get("headers")).items()
            if text(value)
        }
        if graphql and "content-type" not in {name.lower() for name in headers}:
            headers["Content-Type"] = "application/json"  # as Gatus sets it
        if headers:
            options["headers"] = dict(headers)
        if body:
            options["body"] = self._hider.body(identifier, body)
            if _PLACEHOLDER.search(body):
                self._leave(f"{told}: its body holds a placeholder", "it is sent as it is", line)
        client = mapping(endpoint.get("client"))
        insecure = text(client.get("insecure")).lower() == "true"
        if insecure:
            options["insecure"] = True
        ignores = text(client.get("ignore-redirect")).lower() == "true"
        options["redirects"] = "0" if ignores else "10"
        expect: dict[str, Written] = {"status": expected.status, **expected.rules}
        if insecure and expect.pop("certificate", ""):
            expected.left.append(("[CERTIFICATE_EXPIRATION]", "any certificate is accepted"))
        if method == "HEAD":
            for key in ("json", "body_contains", "body_matches"):
                if expect.pop(key, ""):
                    expected.left.append(("[BODY]", "an answer to HEAD has none"))
        options["expect"] = expect
        self._client(client, told, line)
        return options

    def _socket(
        self,
        scheme: str,
        url: str,
        told: str,
        endpoint: Mapping[str, Any],
        expected: Expected,
        line: int,
    ) -> tuple[str, str, dict[str, Written]]:
        options: dict[str, Written] = {}
        kind = "ws" if scheme in ("ws", "wss") else scheme
        if "max_time" in expected.rules:
            options["max_time"] = expected.rules["max_time"]
        if kind == "tls" and "certificate" in expected.rules:
            options["warn"] = expected.rules["certificate"]
        if kind == "ws":
            if body := text(endpoint.get("body")):
                options["send"] = self._hider.text(body)
            if expected.body:
                options["expect"] = self._hider.text(expected.body[0])
        taken = {"max_time"} | ({"certificate"} if kind == "tls" else set())
        taken |= {"body_matches"} if kind == "ws" and len(expected.body) == 1 else set()
        for key in sorted(expected.rules.keys() - taken):
            expected.left.append((key, f"a {kind} check has no such rule"))
        if expected.codes != set(range(100, 600)):
            expected.left.append(("[STATUS]", f"a {kind} check has no status"))
        self._client(mapping(endpoint.get("client")), told, line, insecure=kind != "ws")
        if kind == "ws" and text(mapping(endpoint.get("client")).get("insecure")).lower() == "true":
            options["insecure"] = True
        return kind, url, options

    def _client(
        self, client: Mapping[str, Any], told: str, line: int, *, insecure: bool = False
    ) -> None:
        known = {"timeout", "ignore-redirect", *(() if insecure else ("insecure",))}
        for key in sorted(client.keys() - known):
            fix = _CLIENT.get(key, "")
            self._leave(f"{told}: client.{one_line(key, 60)}", fix, line)

    def _common(self, endpoint: Mapping[str, Any], told: str, line: int) -> dict[str, Written]:
        stated = {"interval": endpoint.get("interval") or _INTERVAL}
        stated["timeout"] = mapping(endpoint.get("client")).get("timeout")
        found: dict[str, Written] = {}
        for key, value in stated.items():
            if not text(value):
                continue
            if re.fullmatch(r"(?:\d+(?:\.\d+)?(?:ms|s|m|h))+", text(value)):
                found[key] = text(value)
            else:
                self._leave(f"{told}: {key} {quote(text(value), 40)} is no duration", "", line)
        return with_deadline(found)

    def _planned(self, value: object, components: tuple[str, ...]) -> Iterator[Window]:
        plan = mapping(value)
        if not plan or text(plan.get("enabled")).lower() == "false":
            return
        line = self._file.line(value)
        try:
            window = window_of(plan, components)
        except ValueError as error:
            self._leave(f"maintenance: {error}", "write a file in content/maintenance/", line)
            return
        yield window

    def _leave(self, what: str, fix: str, line: int) -> None:
        self._left.append(Problem(f"not taken over: {what}", fix, self._file.file, line))


def _named(endpoint: Mapping[str, Any]) -> str:
    return quote(one_line(text(endpoint.get("name"))) or "without a name", 60)


def _port_of(url: str, port: int) -> str:
    """Return the address of the port alone."""
    place = url.partition("://")[2].partition("/")[0].rpartition("@")[2]
    written = re.search(r":(?:\d+|\$\{?\w+\}?)$", place)
    return f"tcp://{place}" if written else f"tcp://{place}:{port}"


def _dns(
    hider: Hider, server: str, dns: Mapping[str, Any], expected: Expected
) -> tuple[str, str, dict[str, Written]]:
    kind = text(dns.get("query-type")) or "A"
    place = hider.text(server.partition("://")[2] or server)
    asked = hider.text(text(dns.get("query-name")).rstrip("."))
    address = f"dns://{place}/{asked}?type={kind}"
    options: dict[str, Written] = {}
    if expected.body:
        options["expect"] = [*expected.body]
    if "max_time" in expected.rules:
        options["max_time"] = expected.rules["max_time"]
    taken = {"max_time"} | ({"body_matches"} if expected.body else set())
    for key in sorted(expected.rules.keys() - taken):
        expected.left.append((key, "a dns check has no such rule"))
    return "dns", address, options
