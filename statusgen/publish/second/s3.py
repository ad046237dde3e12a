"""A bucket of anybody who speaks S3. libcurl signs the requests (AWS Signature Version 4)."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from urllib.parse import quote, urlsplit

import pycurl

from statusgen.base.errors import OutsideError
from statusgen.base.text import one_line
from statusgen.config.publish_entries import SecondPlace
from statusgen.publish.second.plan import RECORD, Plan

_TYPES = {
    ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8", ".json": "application/json",
    ".xml": "application/xml", ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp", ".avif": "image/avif",
    ".ico": "image/x-icon", ".txt": "text/plain; charset=utf-8", ".csv": "text/csv; charset=utf-8",
    ".md": "text/markdown; charset=utf-8", ".ics": "text/calendar; charset=utf-8",
    ".woff2": "font/woff2", ".pdf": "application/pdf", ".zip": "application/zip",
}  # fmt: skip
_CODE = re.compile(rb"<Code>([A-Za-z]{1,40})</Code>")
_WAITS = (1.0, 4.0)
_SECONDS = 60
_LARGEST = 16 * 1024 * 1024
_FRESH = "max-age=60"
"""Pages tell of an outage: no cache may keep them for long."""


class Bucket:
    """One folder of one bucket."""

    def __init__(
        self,
        place: SecondPlace,
        environ: Mapping[str, str],
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        assert place.key is not None
        assert place.secret is not None
        self._place, self._sleep = place, sleep
        where = urlsplit(place.to.reveal(environ))
        self._base = f"{place.endpoint.rstrip('/')}/{where.netloc}/"
        self._folder = where.path.strip("/")
        self._login = f"{place.key.reveal(environ)}:{place.secret.reveal(environ)}"
        self._curl = pycurl.Curl()

    def record(self) -> bytes | None:
        """Return what was put there before; None where nothing ever was."""
        status, body = self._ask("GET", RECORD)
        if status == 404 and b"NoSuchBucket" in body:
            raise OutsideError("there is no such bucket; make it, and let the key write to it")
        return body if status == 200 else None

    def occupied(self) -> bool:
        """Whether a site stands there that we did not put there."""
        return self._ask("HEAD", "index.html")[0] == 200

    def send(self, folder: Path, plan: Plan) -> None:
        """Do what is planned."""
        for path in plan.changed:
            self._put(path, (folder / path).read_bytes())
        for path in plan.gone:
            self._ask("DELETE", path)
        self._put(RECORD, plan.record)

    def _put(self, path: str, content: bytes) -> None:
        kind = _TYPES.get(PurePosixPath(path).suffix.lower(), "application/octet-stream")
        if path == ".well-known/api-catalog":
            kind = "application/linkset+json"
        self._ask("PUT", path, content, (f"Content-Type: {kind}", f"Cache-Control: {_FRESH}"))

    def _ask(
        self, method: str, path: str, content: bytes = b"", headers: tuple[str, ...] = ()
    ) -> tuple[int, bytes]:
        """Ask until there is an answer that stands. Raises OutsideError."""
        for wait in (*_WAITS, None):
            try:
                status, body = self._once(method, path, content, headers)
            except pycurl.error as error:
                status, body = 0, str(error.args[1]).encode("utf-8", "replace")
            if status in (200, 201, 204, 404) and (status != 404 or method != "PUT"):
                return status, body
            if wait is None or (400 <= status < 500 and status not in (408, 429)):
                break
            self._sleep(wait)
        host = urlsplit(self._place.endpoint).hostname
        if status == 0:
            raise OutsideError(f"{host} could not be asked: {one_line(body.decode(), 160)}")
        code = _CODE.search(body[:4096])
        told = f" ({code[1].decode()})" if code else ""
        raise OutsideError(f"{host} answered {status}{told} to {method} {path}")

    def _once(
        self, method: str, path: str, content: bytes, headers: tuple[str, ...]
    ) -> tuple[int, bytes]:
        curl, body = self._curl, bytearray()

        def take(chunk: bytes) -> int:
            body.extend(chunk)
            return len(chunk) if len(body) <= _LARGEST else 0

        curl.reset()
        key = "/".join(part for part in (self._folder, path) if part)
        curl.setopt(pycurl.URL, self._base + quote(key, safe="/-_.~"))
        curl.setopt(pycurl.CUSTOMREQUEST, method)
        curl.setopt(pycurl.NOBODY, method == "HEAD")
        if method == "PUT":
            curl.setopt(pycurl.POSTFIELDS, content)
        curl.setopt(pycurl.AWS_SIGV4, f"aws:amz:{self._place.region}:s3")
        curl.setopt(pycurl.USERPWD, self._login)
        curl.setopt(pycurl.HTTPHEADER, ["Expect:", *headers])
        curl.setopt(pycurl.USERAGENT, "statusgen")
        curl.setopt(pycurl.PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS)
        curl.setopt(pycurl.PROXY, "")
        curl.setopt(pycurl.CONNECTTIMEOUT, 10)
        curl.setopt(pycurl.TIMEOUT, _SECONDS)
        curl.setopt(pycurl.NOSIGNAL, True)
        curl.setopt(pycurl.WRITEFUNCTION, take)
        curl.perform()
        return int(curl.getinfo(pycurl.RESPONSE_CODE)), bytes(body)
