"""The MkDocs plugin: the only room that imports MkDocs.

It puts a manifest's entries among MkDocs' files: assets as they are, pages as virtual pages whose
body never passes through Markdown. MkDocs gives them and the prose their chrome; the site's root
stays the status page's.

``plugin``: what happens at each step of MkDocs; ``authors``: which of the files are theirs to
publish, and their names; ``fences``: who puts fenced blocks into their pages; ``theme``: how
Material gets our header, footer and menu; ``session``: a build and a preview from our own commands.
"""

import os

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # read when Material is imported

from statusgen.mkdocs_plugin.plugin import StatusgenPlugin
from statusgen.mkdocs_plugin.session import build_with_mkdocs, serve_with_mkdocs

__all__ = ["StatusgenPlugin", "build_with_mkdocs", "serve_with_mkdocs"]
