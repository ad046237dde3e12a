"""Turning a body that may be a bomb into text, whatever it claims to be."""

from __future__ import annotations

import codecs
import re
import zlib
from dataclasses import dataclass

from statusgen.base.states import Reason
from statusgen.probe.faults import Fault

_GZIP = 16 + zlib.MAX_WBITS
_READABLE = {"gzip": _GZIP, "x-gzip": _GZIP, "deflate": zlib.MAX_WBITS}
_UNREADABLE = frozenset({"br", "zstd", "compress", "x-compress", "dcb", "dcz", "exi", "bzip2"})
"""Encodings that are none of ours; any other word (``utf-8``, ``aws-chunked``) encodes nothing."""
_LAYERS = 3
# An allow-list: some of Python's codecs (punycode) take quadratic time on what a server sends.
_CHARSETS = re.compile(
    r"utf-?(8|16|32)(-?[lb]e)?|us-ascii|ascii|latin-?1|iso-?8859-?\d{1,2}|windows-?\d{3,4}|cp\d{3,4}"
    r"|koi8-?[ru]|shift-?jis|euc-?(jp|kr)|gb(k|2312|18030)|big5|iso-2022-jp|tis-620|mac-roman"
)
_READ_AS = {
    "ascii": "cp1252", "us-ascii": "cp1252", "iso-8859-1": "cp1252", "iso8859-1": "cp1252",
    "latin1": "cp1252", "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gb-2312-80": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030",
    "euc-kr": "cp949", "ks-c-5601-1987": "cp949", "ksc5601": "cp949", "windows-949": "cp949",
    "shift-jis": "cp932", "x-sjis": "cp932", "sjis": "cp932", "windows-31j": "cp932",
    "ms-kanji": "cp932", "x-euc-jp": "euc-jp", "big5": "big5hkscs", "big5-hkscs": "big5hkscs",
    "x-x-big5": "big5hkscs", "macintosh": "mac-roman", "x-mac-roman": "mac-roman",
    "dos-874": "cp874", "windows-874": "cp874",
}  # fmt: skip
"""Names that pages use → what browsers read by them, which is more than the name says.

Source: https://encoding.spec.whatwg.org/#names-and-labels
"""
_DECLARED = re.compile(
    rb"<meta\s[^>]{0,500}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml\s[^>]{0,500}?encoding\s*="
    rb"\s*[\"']([\w.:-]+)",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"\s*($|text/html|(?:application|text)/(?:[\w.-]+\+)?xml)", re.IGNORECASE)
_FIRST_BYTES = 1024
"""How far browsers look for a declaration in the page itself."""
_MARKS = (  # the longer ones first: one of UTF-32 begins like one of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Body:
    """As much of a body as was wanted."""

    data: bytes | bytearray = b""
    truncated: bool = False
    """There was more than the limit."""
    unreadable: str = ""
    """The encoding that could not be undone; then ``data`` is the body as it came."""


@dataclass(frozen=True, slots=True)
class Text:
    """A body as text, and how it was read."""

    text: str
    charset: str


def unpack(data: bytes | bytearray, encoding: str, limit: int, *, truncated: bool) -> Body:
    """Undo content encodings without ever holding more than ``limit`` bytes of what comes out.

    Raises Fault (protocol) for gzip or deflate that is none.
    """
    layers = [word.strip().lower() for word in encoding.split(",")]
    layers = [word for word in layers if word in _READABLE or word in _UNREADABLE]
    for word in reversed(layers[-_LAYERS:]):
        if word in _UNREADABLE or len(layers) > _LAYERS:
            return Body(data[:limit], truncated or len(data) > limit, unreadable=word)
        data, more = _inflate(data, word, limit)
        truncated = truncated or more
    if len(data) > limit:
        return Body(data[:limit], truncated=True)
    return Body(data, truncated)


def _inflate(data: bytes | bytearray, word: str, limit: int) -> tuple[bytearray, bool]:
    """Inflate one layer; gzip may have several members, and rubbish behind them is let be."""
    into = bytearray()
    rest = bytes(data)
    while rest and len(into) <= limit:
        inflate = zlib.decompressobj(_window(rest, word))
        try:
            into += inflate.decompress(rest, limit + 1 - len(into))
        except zlib.error:
            if into:
                return into, False
            detail = f"the body is not the {word} that it claims to be"
            raise Fault(Reason.PROTOCOL, detail, answered=True, doubtful=True) from None
        if not inflate.eof or word == "deflate":
            break
        rest = inflate.unused_data
    return into, len(into) > limit


def _window(data: bytes, word: str) -> int:
    """``deflate`` should have zlib's head (RFC 9110, 8.4.1.2); some servers send it bare."""
    bare = word == "deflate" and (
        len(data) < 2 or data[0] & 0x0F != 8 or (data[0] * 256 + data[1]) % 31
    )
    return -zlib.MAX_WBITS if bare else _READABLE[word]


def decode(data: bytes | bytearray, content_type: str) -> Text:
    """Return the text of a body; an unknown or wrong charset gives replacement characters.

    A byte order mark wins over what the header says, and is no part of the text. Where the header
    says nothing, a page's own ``<meta charset>`` counts, as it does in a browser.
    """
    for mark, charset in _MARKS:
        if data.startswith(mark):
            return Text(codecs.decode(data[len(mark) :], charset, "replace"), charset)
    charset = _told(content_type) or _declared(data, content_type) or "utf-8"
    try:
        return Text(codecs.decode(data, _READ_AS.get(charset, charset), "replace"), charset)
    except (LookupError, ValueError):
        return Text(codecs.decode(data, "utf-8", "replace"), "utf-8")


def _told(content_type: str) -> str:
    match = re.search(r"charset\s*=\s*[\"']?([^\s\"';]+)", content_type[:1000], re.IGNORECASE)
    return _known(match[1]) if match else ""


def _declared(data: bytes | bytearray, content_type: str) -> str:
    """Return the charset that a page names within its first bytes; empty for none.

    A page that could be read so far is not in UTF-16 or UTF-32, whatever it says.
    """
    match = _DECLARED.search(data[:_FIRST_BYTES]) if _MARKUP.match(content_type[:200]) else None
    charset = _known((match[1] or match[2]).decode("ascii", "replace")) if match else ""
    return "" if charset.startswith(("utf-16", "utf-32", "utf16", "utf32")) else charset


def _known(charset: str) -> str:
    name = charset.lower().replace("_", "-")
    return name if name in _READ_AS or _CHARSETS.fullmatch(name) else ""
