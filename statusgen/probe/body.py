"""Reading a body that may be a bomb, and turning it into text whatever it claims to be."""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import AsyncIterator
from dataclasses import dataclass

from statusgen.base.states import Reason
from statusgen.probe.faults import Fault

_GZIP = 16 + zlib.MAX_WBITS
# An allow-list: some of Python's codecs (punycode) take quadratic time on what a server sends.
_CHARSETS = re.compile(
    r"utf-?(8|16|32)(-?[lb]e)?|us-ascii|ascii|latin-?1|iso-?8859-?\d{1,2}|windows-?\d{3,4}|cp\d{3,4}"
    r"|koi8-?[ru]|shift-?jis|euc-?(jp|kr)|gb(k|2312|18030)|big5"
)


@dataclass(frozen=True, slots=True)
class Body:
    """As much of a body as was wanted."""

    data: bytes | bytearray = b""
    truncated: bool = False
    """There was more than the limit."""


async def read_body(chunks: AsyncIterator[bytes], encoding: str, limit: int) -> Body:
    """Read at most ``limit`` bytes of body, inflating gzip without ever holding more than that.

    Only gzip is asked for; any other encoding (or a nested one) is taken as the bytes it is.
    Raises Fault (protocol) for gzip that is none.
    """
    gzip = encoding.strip().lower() in ("gzip", "x-gzip")
    inflate = zlib.decompressobj(_GZIP) if gzip else None
    data = bytearray()
    received = 0
    async for chunk in chunks:
        received += len(chunk)
        if inflate is None:
            data += chunk
        else:
            inflate = _inflate(inflate, chunk, data, limit)
        # The second bound stops gzip that never yields anything.
        if len(data) > limit or received > limit + 65536:
            del data[limit:]
            return Body(data, truncated=True)
    return Body(data)


def _inflate(
    inflate: zlib._Decompress, chunk: bytes, into: bytearray, limit: int
) -> zlib._Decompress:
    """Inflate ``chunk`` (which may hold several gzip members) up to one byte over ``limit``."""
    try:
        while chunk and len(into) <= limit:
            if inflate.eof:
                inflate = zlib.decompressobj(_GZIP)
            into += inflate.decompress(chunk, limit + 1 - len(into))
            chunk = inflate.unused_data
    except zlib.error:
        raise Fault(Reason.PROTOCOL, "the body is not the gzip that it claims to be") from None
    return inflate


def decode(data: bytes | bytearray, content_type: str) -> str:
    """Return the text of a body; an unknown or wrong charset gives replacement characters."""
    match = re.search(r"charset\s*=\s*[\"']?([^\s\"';]+)", content_type[:1000], re.IGNORECASE)
    charset = match[1].lower().replace("_", "-") if match else "utf-8"
    if not _CHARSETS.fullmatch(charset):
        charset = "utf-8"
    try:
        return codecs.decode(data, charset, "replace")
    except (LookupError, ValueError):
        return codecs.decode(data, "utf-8", "replace")
