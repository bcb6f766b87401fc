"""Canonical JSON by RFC 8785, for values of which the fast encoder's output is the canonical one.

Keys are ASCII, numbers whole and below 2^53, so that sorting by code point and by UTF-16 unit agree and no binary
fraction is ever written. Anything else is refused.
"""

from __future__ import annotations

from typing import Any

import orjson

LARGEST = 2**53 - 1


class NotCanonical(Exception):
    """A value that has no agreed bytes: a float, a key that is not ASCII, a number too large."""


def canonical(value: Any) -> bytes:
    """The value's one and only bytes."""
    _prove(value)
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def _prove(value: Any) -> None:
    if isinstance(value, dict):
        _prove_mapping(value)
    elif isinstance(value, list):
        for item in value:
            _prove(item)
    elif isinstance(value, bool | str) or value is None:
        return
    elif not isinstance(value, int) or abs(value) > LARGEST:
        raise NotCanonical(f"{value!r} ({type(value).__name__}) cannot be written canonically; use a string")


def _prove_mapping(value: dict[Any, Any]) -> None:
    for key, item in value.items():
        if not isinstance(key, str) or not key.isascii():
            raise NotCanonical(f"key {key!r} is not ASCII")
        _prove(item)
