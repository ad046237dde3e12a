"""The proxy that the environment names, where an operator asked for it."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.request import proxy_bypass_environment  # type: ignore[attr-defined]

from statusgen.probe.target import Target


def proxy_for(target: Target, environ: Mapping[str, str]) -> str:
    """Return the proxy for ``target``, as curl and others read it; empty for none."""
    scheme = target.scheme
    # HTTP_PROXY in capitals could be a request header in a CGI process, so curl ignores it; here
    # no request from outside ever reaches the environment.
    named = environ.get(f"{scheme}_proxy") or environ.get(f"{scheme.upper()}_PROXY")
    named = named or environ.get("all_proxy") or environ.get("ALL_PROXY")
    exempt = environ.get("no_proxy") or environ.get("NO_PROXY") or ""
    if not named or proxy_bypass_environment(target.host, {"no": exempt}):
        return ""
    return named if "://" in named else f"http://{named}"
