"""The formatter of our fenced blocks, made known to SuperFences where an owner reads with it."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig

from statusgen.publish.fence import block

_SUPERFENCES, _NAME = "pymdownx.superfences", "statusgen"


def with_our_fence(config: MkDocsConfig) -> bool:
    """Add our fence to an owner's; returns whether SuperFences reads the pages at all.

    It is not added where the owner has not chosen it: it would set all their code anew.
    """
    if _SUPERFENCES not in config.markdown_extensions:
        return False
    options = config.mdx_configs.setdefault(_SUPERFENCES, {})
    fences = list(options.get("custom_fences") or ())
    if not any(isinstance(each, dict) and each.get("name") == _NAME for each in fences):
        fences.append({"name": _NAME, "class": _NAME, "format": block})
        options["custom_fences"] = fences
    return True
