"""The keys of a site of ``.upptimerc.yml``, in each of the ways that people write them."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, Field

from statusgen.base.model import Bool, Model, OneOrMore, SecretText


def _header_lines(value: object) -> object:
    """``{Accept: x}`` and ``- Accept: x`` mean the line ``Accept: x``, which wants quotes."""
    if isinstance(value, list):
        return [line for each in value for line in _lines(each)]
    return _lines(value) if isinstance(value, dict) else value


def _lines(value: object) -> list[object]:
    plain = isinstance(value, dict) and not any(
        isinstance(each, (dict, list)) for each in value.values()
    )
    if not (plain and isinstance(value, dict)):
        return [value]
    return [f"{name}: {each or ''}" for name, each in value.items()]


def _each_code(value: object) -> object:
    """``200,301`` means two codes, ``200 - 299`` is a range."""
    if not isinstance(value, list):
        value = [value]
    return [
        code for each in value for code in (_codes_in(each) if isinstance(each, str) else [each])
    ]


def _codes_in(text: str) -> list[str]:
    return re.split(r"[\s,;]+", re.sub(r"\s*-\s*", "-", text.strip().strip("[]")))


Headers = Annotated[tuple[SecretText, ...] | None, OneOrMore(), BeforeValidator(_header_lines)]
Codes = Annotated[tuple[str, ...] | None, OneOrMore(), BeforeValidator(_each_code)]


class SiteEntry(Model):
    """The keys of a site that have an effect here; the others are looked at elsewhere."""

    model_config = ConfigDict(extra="ignore", populate_by_name=False)

    name: Annotated[str, Field(min_length=1)]
    url: SecretText
    check: str | None = None
    type: str | None = None
    location: str | None = None
    method: str | None = None
    port: SecretText | None = None
    ipv6: Bool | None = None
    headers: Headers = None
    body: SecretText | None = None
    slug: str | None = None
    codes: Codes = Field(default=None, alias="expectedStatusCodes")
    max_time: int | None = Field(default=None, alias="maxResponseTime")
    redirects: int | None = Field(default=None, alias="maxRedirects")
    request_s: Annotated[float | None, Field(alias="requestTimeout", gt=0, le=3600)] = None
    insecure: Bool | None = Field(default=None, alias="__dangerous__insecure")
    any_peer: Bool | None = Field(default=None, alias="__dangerous__disable_verify_peer")
    any_host: Bool | None = Field(default=None, alias="__dangerous__disable_verify_host")
    down_with: SecretText | None = Field(default=None, alias="__dangerous__body_down")
    degraded_with: SecretText | None = Field(default=None, alias="__dangerous__body_degraded")
    down_without: SecretText | None = Field(
        default=None, alias="__dangerous__body_down_if_text_missing"
    )
    degraded_without: SecretText | None = Field(
        default=None, alias="__dangerous__body_degraded_if_text_missing"
    )
