"""Pages as trees, for tests that only read them.

Read by libxml2, which takes a tenth of html5lib's time and forgives more: that pages are sound HTML
is asserted with html5lib and the W3C's checker (`test_site`, `test_html`), hostile texts are read
as browsers do (`test_hostile_text`).
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from lxml import html


def tree_of(page: str | bytes) -> Element:
    """Return a page's root element."""
    text = page if isinstance(page, str) else page.decode()
    found: Element = html.document_fromstring(text)
    return found
