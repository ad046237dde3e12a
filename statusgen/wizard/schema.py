"""The JSON Schema of ``data/blueprints/<name>.json``: what a wizard's answers come to."""

from __future__ import annotations

from typing import Any

from statusgen.wizard.blueprint import SCHEMA

Schema = dict[str, Any]
_TEXT: Schema = {"type": "string"}
_TEXTS: Schema = {"type": "array", "items": _TEXT}
_ID: Schema = {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,62}$"}
_NUMBER: Schema = {
    "type": "string",
    "pattern": r"^\d+(\.\d{1,6})?$",
    "description": "An exact number, as text: at most six decimals.",
}
_NO_LIMIT: Schema = {"anyOf": [_NUMBER, {"type": "null"}], "description": "null: no limit."}


def blueprint_schema() -> Schema:
    """Return the JSON Schema (2020-12) of a blueprint, as Python and the browser write it."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Blueprint",
        "description": "What the answers to a wizard come to; amounts are those of a month.",
        **_object(
            {
                "schema": {"const": SCHEMA},
                "wizard": _object({"id": _TEXT, "name": _TEXT, "version": _TEXT}),
                "name": {**_TEXT, "description": "What the project is called."},
                "link": {**_TEXT, "description": "The fragment of an address with all answers."},
                "answers": {
                    "type": "object",
                    "description": "Question → answer: a text, an option, options, yes or no.",
                    "additionalProperties": {"anyOf": [_TEXT, _TEXTS, {"type": "boolean"}]},
                },
                "derived": _map(_TEXT),
                "choices": {"type": "array", "items": _choice()},
                "cost": _cost(),
                "conflicts": {
                    "type": "array",
                    "items": _object({"question": _TEXT, "option": _TEXT, "rule": _TEXT}),
                },
                "warnings": {"type": "array", "items": _object({"rule": _TEXT, "text": _TEXT})},
                "open": {**_TEXTS, "description": "Questions that are still to be answered."},
                "tree": {**_TEXT, "description": "The directory tree; empty: there is none."},
                "dependencies": _map(_TEXTS),
                "environment": {
                    "type": "array",
                    "description": "Names of variables; their values stay where secrets belong.",
                    "items": {"type": "string", "pattern": "^[A-Z][A-Z0-9_]*$"},
                },
                "compose": {**_TEXT, "description": "One compose file; empty: there is none."},
                "monitors": {"type": "array", "items": _monitor()},
            }
        ),
    }


def _object(properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _map(values: Schema) -> Schema:
    return {"type": "object", "additionalProperties": values}


def _choice() -> Schema:
    return _object(
        {
            "question": _TEXT,
            "name": _TEXT,
            "phase": _TEXT,
            "chosen": _TEXTS,
            "recommended": _TEXTS,
            "reason": {**_TEXT, "description": "Why it is recommended; empty: nothing is."},
            "rule": {**_TEXT, "description": "The rule that recommends; empty: none does."},
        }
    )


def _cost() -> Schema:
    pair = {"type": "array", "prefixItems": [_TEXT, _TEXT], "minItems": 2, "maxItems": 2}
    triple = {"type": "array", "prefixItems": [_TEXT, _TEXT, _TEXT], "minItems": 3, "maxItems": 3}
    line = {"question": _TEXT, "option": _TEXT, "unit": _TEXT}
    line |= dict.fromkeys(("used", "free", "paid", "low"), _NUMBER)
    return _object(
        {
            "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
            "low": _NUMBER,
            "high": _NO_LIMIT,
            "open": {
                "type": "array",
                "description": "Question, option, and what of its price cannot be told.",
                "items": triple,
            },
            "unpriced": {
                "type": "array",
                "description": "Question and option without a price, where others have one.",
                "items": pair,
            },
            "bill": {
                "type": "array",
                "description": "Each price per unit: what is used, included, paid for.",
                "items": _object(line | {"high": _NO_LIMIT}),
            },
        }
    )


def _monitor() -> Schema:
    return _object({"id": _ID, "name": _TEXT, "url": _TEXT, "fill": {"type": "boolean"}})
