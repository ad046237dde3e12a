"""Monitors as the configuration of Prometheus and blackbox_exporter, so that they are written once.

``blackbox.yml`` has a module for each way to check, ``prometheus.yml`` a job for each interval; the
label ``monitor`` names the monitor, by which ``engine: {prometheus: …}`` finds it again. What these
cannot hold is named. No secret is written: what needs one is left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import yaml

from statusgen.base.fields import status_range
from statusgen.base.secrets import Template
from statusgen.config.settings import Monitor, Settings

LONGEST_S = 120
"""Without a sample for five minutes a series is stale: scraped less often it would come and go."""
_DEFAULT_S = 60


@dataclass
class Written:
    """The files, and what they cannot hold."""

    files: dict[str, str] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)


def prometheus_files(settings: Settings, blackbox: str, vantage: str = "") -> Written:
    """Return ``prometheus.yml`` and ``blackbox.yml``; ``blackbox`` is where the exporter listens.

    ``vantage``: the value of a label of that name on every series; empty: none.
    """
    writing = _Writing(settings, blackbox, vantage)
    return writing.done()


class _Writing:
    def __init__(self, settings: Settings, blackbox: str, vantage: str) -> None:
        self._settings, self._blackbox, self._vantage = settings, blackbox, vantage
        self._modules: dict[str, dict[str, Any]] = {}
        self._names: dict[str, str] = {}
        """Content of a module → its name."""
        self._jobs: dict[tuple[int, int], list[dict[str, Any]]] = {}
        self._out = Written()

    def done(self) -> Written:
        for monitor in self._settings.monitors:
            made = self._module(monitor)
            if made is None:
                continue
            target, module = made
            labels = {"monitor": monitor.id, "__param_module": self._named(monitor.id, module)}
            if self._vantage:
                labels["vantage"] = self._vantage
            every = min(monitor.interval or _DEFAULT_S, LONGEST_S)
            timeout = min(every, -(-monitor.timeout_ms // 1000) + 1)
            job = self._jobs.setdefault((every, timeout), [])
            job.append({"targets": [target], "labels": labels})
            if monitor.interval and monitor.interval > LONGEST_S:
                self._leave(monitor, f"its interval: it is scraped every {LONGEST_S}s")
        self._out.files["blackbox.yml"] = _yaml({"modules": self._modules})
        self._out.files["prometheus.yml"] = _yaml(
            {"scrape_configs": [self._job(*key, of) for key, of in sorted(self._jobs.items())]}
        )
        return self._out

    def _job(self, every: int, timeout: int, targets: list[dict[str, Any]]) -> dict[str, Any]:
        relabel = [
            {"source_labels": ["__address__"], "target_label": "__param_target"},
            {"source_labels": ["__param_target"], "target_label": "instance"},
            {"target_label": "__address__", "replacement": self._blackbox},
        ]
        return {
            "job_name": f"statusgen-{every}s-{timeout}s",
            "metrics_path": "/probe",
            "scrape_interval": f"{every}s",
            "scrape_timeout": f"{timeout}s",
            "static_configs": targets,
            "relabel_configs": relabel,
        }

    def _named(self, identifier: str, module: dict[str, Any]) -> str:
        content = json.dumps(module, sort_keys=True)
        name = self._names.setdefault(content, identifier)
        self._modules.setdefault(name, module)
        return name

    def _leave(self, monitor: Monitor, what: str) -> None:
        self._out.left.append(f"{monitor.id}: {what}")

    def _module(self, monitor: Monitor) -> tuple[str, dict[str, Any]] | None:
        """Return target and module of a monitor; None where it cannot be checked so."""
        if monitor.url.names:
            self._leave(monitor, f"all of it: its address holds ${monitor.url.names[0]}")
            return None
        if monitor.globalping:
            self._leave(monitor, "all of it: Globalping checks it")
            return None
        make = {"http": self._http, "tcp": self._tcp, "tls": self._tls, "dns": self._dns}
        if monitor.kind not in make:
            self._leave(monitor, f"all of it: blackbox_exporter makes no {monitor.kind} check")
            return None
        made = make[monitor.kind](monitor)
        if made is None:
            return None
        target, prober, options = made
        if getattr(monitor.options, "max_time", None) or _expected(monitor, "max_time"):
            self._leave(monitor, "max_time; the engine that reads it back judges it")
        timeout = f"{monitor.timeout_ms / 1000:g}s"
        return target, {"prober": prober, "timeout": timeout, **({prober: options} if options
                                                                 else {})}  # fmt: skip

    def _tcp(self, monitor: Monitor) -> tuple[str, str, dict[str, Any]]:
        parts = urlsplit(monitor.url.text)
        return parts.netloc, "tcp", self._ip(monitor)

    def _tls(self, monitor: Monitor) -> tuple[str, str, dict[str, Any]]:
        parts = urlsplit(monitor.url.text)
        where = parts.netloc if parts.port else f"{parts.netloc}:443"
        return where, "tcp", {"tls": True, **self._ip(monitor)}

    def _dns(self, monitor: Monitor) -> tuple[str, str, dict[str, Any]] | None:
        parts = urlsplit(monitor.url.text)
        if not parts.netloc:
            self._leave(monitor, "all of it: it names no resolver")
            return None
        options: dict[str, Any] = {
            "query_name": unquote(parts.path).strip("/"),
            "query_type": parse_qs(parts.query).get("type", ["A"])[0].upper(),
            "valid_rcodes": ["NOERROR"],
        }
        expect = getattr(monitor.options, "expect", ())
        if expect:
            checked = {"fail_if_none_matches_regexp": [re.escape(text) for text in expect]}
            options["validate_answer_rrs"] = checked
            if getattr(monitor.options, "only", False):
                self._leave(monitor, "only")
        return parts.netloc, "dns", options

    def _http(self, monitor: Monitor) -> tuple[str, str, dict[str, Any]]:
        said: Any = monitor.options
        expect = said.expect
        options: dict[str, Any] = {"method": said.method, **self._ip(monitor)}
        codes = [code for each in expect.status for code in _codes(each)]
        if codes != list(range(200, 300)):
            options["valid_status_codes"] = codes
        options["follow_redirects"] = said.redirects > 0
        headers = dict(self._plain(monitor, f"header {name}", text)
                       for name, text in said.headers.items())  # fmt: skip
        headers = {name.removeprefix("header "): text for name, text in headers.items() if text}
        agent = said.user_agent or "statusgen"
        options["headers"] = {"User-Agent": agent, **headers}
        if said.body is not None:
            _, body = self._plain(monitor, "body", said.body)
            if body:
                options["body"] = body
        wanted = [*self._texts(monitor, "body_contains", expect.body_contains)]
        if expect.body_matches:
            wanted.append(str(expect.body_matches))
        if wanted:
            options["fail_if_body_not_matches_regexp"] = wanted
        lacks = [*self._texts(monitor, "body_lacks", expect.body_lacks)]
        if lacks:
            options["fail_if_body_matches_regexp"] = lacks
        if said.insecure:
            options["tls_config"] = {"insecure_skip_verify": True}
        for key, given in (
            ("json", expect.json_),
            ("certificate", expect.certificate),
            ("degraded_if_body_contains", expect.degraded_if_body_contains),
            ("degraded_if_body_lacks", expect.degraded_if_body_lacks),
            ("raw_headers", said.raw_headers),
            ("proxy_from_environment", said.proxy_from_environment),
        ):
            if given:
                self._leave(monitor, key)
        return monitor.url.text, "http", options

    def _ip(self, monitor: Monitor) -> dict[str, Any]:
        version = getattr(monitor.options, "ip", "any")
        if version == "any":
            return {"preferred_ip_protocol": "ip4"}
        return {"preferred_ip_protocol": f"ip{version}", "ip_protocol_fallback": False}

    def _plain(self, monitor: Monitor, key: str, text: Template) -> tuple[str, str]:
        """Return a text without a secret in it; one with a secret is left out and named."""
        if text.names:
            self._leave(monitor, f"{key}: it holds ${text.names[0]}")
            return key, ""
        return key, text.text

    def _texts(self, monitor: Monitor, key: str, texts: tuple[Template, ...]) -> Iterator[str]:
        for text in texts:
            _, plain = self._plain(monitor, key, text)
            if plain:
                yield re.escape(plain)


def _expected(monitor: Monitor, key: str) -> Any:
    return getattr(getattr(monitor.options, "expect", None), key, None)


def _yaml(data: dict[str, Any]) -> str:
    """Write the form that both programs read; strict about text that looks like something else."""
    written = yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=1000)
    return f"# Written by: statusgen export prometheus\n{written}"


def _codes(text: str) -> range:
    low, high = status_range(text)
    return range(low, high + 1)
