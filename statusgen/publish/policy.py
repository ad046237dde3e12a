"""The content security policy of a page: ours, and what the owner's logo, HTML and CSS need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from statusgen.config.pictures import is_foreign, origin_of


def policy(
    style: str,
    scripts: Iterable[str],
    pictures: Iterable[str],
    own: Mapping[str, tuple[str, ...]],
    *,
    files: bool = False,
) -> str:
    """Return the policy: this style and these scripts by digest, our own files, the owner's hosts.

    ``own``: directive → what the owner needs there; ``files``: whether the page also has style and
    scripts in files of this site.
    """
    said: dict[str, list[str]] = {
        "default-src": ["'none'"],
        "style-src": [*(["'self'"] if files else []), style],
        "script-src": [*(["'self'"] if files else []), *scripts],
        "connect-src": ["'self'"],
        "img-src": ["'self'", *map(origin_of, filter(is_foreign, pictures))],
    }
    last = {"base-uri": ["'none'"], "form-action": ["'none'"]}
    for directive, sources in own.items():
        known = said if directive in said or directive not in last else last
        listed = [each for each in known.get(directive, []) if each != "'none'"]
        known[directive] = [*listed, *sources]
    return "; ".join(
        f"{name} {' '.join(dict.fromkeys(sources))}" for name, sources in (said | last).items()
    )
